CREATE TABLE "configuration" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"organization" text NOT NULL,
	"is_default" boolean NOT NULL,
	"resource_server" text NOT NULL,
	"auth_server" text,
	"tenant" text,
	"on_premise" boolean DEFAULT false NOT NULL,
	"client_id" text NOT NULL,
	"sealed_secret" text NOT NULL,
	"scope" text DEFAULT 'all' NOT NULL,
	"rate_requests" integer DEFAULT 300 NOT NULL,
	"rate_per_seconds" integer DEFAULT 300 NOT NULL,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mappings" (
	"connection" text NOT NULL,
	"organization" text NOT NULL,
	"client" integer NOT NULL,
	"use" boolean DEFAULT false NOT NULL,
	"contact" integer,
	"site" integer,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mappings_connection_organization_pk" PRIMARY KEY("connection","organization"),
	CONSTRAINT "mappings_one_organization_per_client" UNIQUE("connection","client")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"slug" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"parent" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"key" text PRIMARY KEY NOT NULL,
	"run" uuid NOT NULL,
	"action" text NOT NULL,
	"organization" text NOT NULL,
	"connection" text,
	"because" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	"error_type" text,
	"error_message" text,
	"extra" text[],
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"duration_ms" integer
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow" text NOT NULL,
	"owner" text NOT NULL,
	"organization" text NOT NULL,
	"trigger" text,
	"overrides" jsonb NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_organization_organizations_slug_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_connection_connections_id_fk" FOREIGN KEY ("connection") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mappings" ADD CONSTRAINT "mappings_organization_organizations_slug_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("slug") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_parent_organizations_slug_fk" FOREIGN KEY ("parent") REFERENCES "public"."organizations"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "connections_one_default" ON "connections" USING btree ("organization") WHERE "connections"."is_default";--> statement-breakpoint
CREATE INDEX "connections_organization" ON "connections" USING btree ("organization");--> statement-breakpoint
CREATE INDEX "organizations_parent" ON "organizations" USING btree ("parent");--> statement-breakpoint
CREATE INDEX "calls_run" ON "calls" USING btree ("run");--> statement-breakpoint
CREATE INDEX "runs_organization" ON "runs" USING btree ("organization","started_at");--> statement-breakpoint
CREATE INDEX "runs_workflow_id" ON "runs" USING btree ("workflow_id");