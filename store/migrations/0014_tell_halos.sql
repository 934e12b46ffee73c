CREATE TABLE "halo_generations" (
	"organization" text NOT NULL,
	"halo" text NOT NULL,
	"generation" integer NOT NULL,
	"first_id" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"noticed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "halo_generations_organization_halo_generation_pk" PRIMARY KEY("organization","halo","generation")
);
--> statement-breakpoint
CREATE TABLE "halo_hosts" (
	"organization" text NOT NULL,
	"host" text NOT NULL,
	"halo" text NOT NULL,
	CONSTRAINT "halo_hosts_organization_host_pk" PRIMARY KEY("organization","host")
);
--> statement-breakpoint
CREATE TABLE "trigger_halos" (
	"trigger" text PRIMARY KEY NOT NULL,
	"halo" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "once_halos" (
	"connection" text NOT NULL,
	"halo" text NOT NULL,
	CONSTRAINT "once_halos_connection_halo_pk" PRIMARY KEY("connection","halo")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "halo" text;--> statement-breakpoint
ALTER TABLE "feeds" ADD COLUMN "halo" text;--> statement-breakpoint
ALTER TABLE "feeds" ADD COLUMN "first_halo" text;--> statement-breakpoint
ALTER TABLE "feeds" ADD COLUMN "newest" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "made" text;--> statement-breakpoint
-- The Halo as organizations/halo.ts spells it: the resource server without its scheme.
UPDATE "feeds" SET "halo" = said.halo, "first_halo" = said.halo
  FROM (SELECT "connection", "kind", lower(regexp_replace(regexp_replace("host", '^[a-z]+://', '', 'i'), '[./]+$', '')) AS halo FROM "feeds") said
  WHERE said."connection" = "feeds"."connection" AND said."kind" = "feeds"."kind" AND said.halo <> '';
