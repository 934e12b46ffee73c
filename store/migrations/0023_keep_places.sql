CREATE TABLE "feed_places" (
	"connection" text NOT NULL,
	"kind" text NOT NULL,
	"halo" text NOT NULL,
	"mark" integer,
	"floor" integer DEFAULT 0 NOT NULL,
	"seen" integer[] DEFAULT '{}' NOT NULL,
	"looked_at" timestamp with time zone,
	"changed_to" timestamp with time zone,
	"look_marks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"succeeded_at" timestamp with time zone,
	"newest_at" timestamp with time zone,
	"newest" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "feed_places_connection_kind_halo_pk" PRIMARY KEY("connection","kind","halo")
);
--> statement-breakpoint
CREATE TABLE "subscription_places" (
	"trigger" text NOT NULL,
	"connection" text NOT NULL,
	"kind" text NOT NULL,
	"halo" text NOT NULL,
	"baseline" integer NOT NULL,
	"enabled_at" timestamp with time zone NOT NULL,
	"since" timestamp with time zone,
	CONSTRAINT "subscription_places_trigger_connection_kind_halo_pk" PRIMARY KEY("trigger","connection","kind","halo")
);
--> statement-breakpoint
ALTER TABLE "feeds" ADD COLUMN "returned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscription_places" ADD CONSTRAINT "subscription_places_trigger_triggers_id_fk" FOREIGN KEY ("trigger") REFERENCES "public"."triggers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subscription_places_feed" ON "subscription_places" USING btree ("connection","kind","halo");