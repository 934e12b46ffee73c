CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"trigger" text NOT NULL,
	"key" text NOT NULL,
	"source" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"connection" text,
	"kind" text,
	"record" integer,
	"poll" integer,
	"organization" text,
	"run" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workflow_id" text,
	"outcome" jsonb,
	"payload" json,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"repeats" bigint,
	CONSTRAINT "events_once" UNIQUE("trigger","key")
);
--> statement-breakpoint
CREATE TABLE "feeds" (
	"connection" text NOT NULL,
	"kind" text NOT NULL,
	"mark" integer,
	"floor" integer DEFAULT 0 NOT NULL,
	"seen" integer[] DEFAULT '{}' NOT NULL,
	"polls" integer DEFAULT 0 NOT NULL,
	"looked_at" timestamp with time zone,
	"polls_since_look" integer DEFAULT 0 NOT NULL,
	"must_look" boolean DEFAULT true NOT NULL,
	"every_seconds" integer,
	"polled_at" timestamp with time zone,
	"succeeded_at" timestamp with time zone,
	"next_poll_at" timestamp with time zone,
	"newest_at" timestamp with time zone,
	"errors" integer DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "feeds_connection_kind_pk" PRIMARY KEY("connection","kind")
);
--> statement-breakpoint
CREATE TABLE "halo_webhooks" (
	"connection" text PRIMARY KEY NOT NULL,
	"sealed_secret" text NOT NULL,
	"webhook" text,
	"events" integer[] DEFAULT '{}' NOT NULL,
	"checked_at" timestamp with time zone,
	"received_at" timestamp with time zone,
	"repairs" integer DEFAULT 0 NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"trigger" text NOT NULL,
	"connection" text NOT NULL,
	"kind" text NOT NULL,
	"baseline" integer,
	CONSTRAINT "subscriptions_trigger_connection_kind_pk" PRIMARY KEY("trigger","connection","kind")
);
--> statement-breakpoint
CREATE TABLE "triggers" (
	"id" text PRIMARY KEY NOT NULL,
	"organization" text NOT NULL,
	"type" text NOT NULL,
	"connection" text,
	"workflow" text NOT NULL,
	"run_as" text NOT NULL,
	"run_for" jsonb NOT NULL,
	"overrides" jsonb NOT NULL,
	"criteria" jsonb,
	"parameters" jsonb NOT NULL,
	"variables" jsonb NOT NULL,
	"enabled" boolean NOT NULL,
	"enabled_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sealed_secret" text,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "writes" DROP CONSTRAINT "writes_call_calls_key_fk";
--> statement-breakpoint
ALTER TABLE "writes" DROP CONSTRAINT "writes_pkey";--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "write_settle_seconds" integer;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "input" json;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "event" bigint;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "rerun_of" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "status" text DEFAULT 'running' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "error_type" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "error_message" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "index" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "connection" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "host" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "action" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "resource" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "effect" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "state" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "stamp" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "once" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "dead_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "halo_id" text;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "ticket" integer;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "settled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "writes" ADD CONSTRAINT "writes_call_index_pk" PRIMARY KEY("call","index");--> statement-breakpoint
-- What an earlier version sent: known where it has a result, given up where it has none.
UPDATE "writes" SET "connection" = coalesce(c."connection", ''), "host" = '', "action" = c."action", "resource" = '', "effect" = 'upsert',
	"state" = CASE WHEN "writes"."result" IS NULL THEN 'unknown' ELSE 'confirmed' END FROM "calls" c WHERE c."key" = "writes"."call";--> statement-breakpoint
ALTER TABLE "writes" ALTER COLUMN "connection" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ALTER COLUMN "host" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ALTER COLUMN "action" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ALTER COLUMN "resource" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ALTER COLUMN "effect" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ALTER COLUMN "state" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "halo_webhooks" ADD CONSTRAINT "halo_webhooks_connection_connections_id_fk" FOREIGN KEY ("connection") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_trigger_triggers_id_fk" FOREIGN KEY ("trigger") REFERENCES "public"."triggers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_organization_organizations_slug_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triggers" ADD CONSTRAINT "triggers_connection_connections_id_fk" FOREIGN KEY ("connection") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_pending" ON "events" USING btree ("due_at","id") WHERE "events"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "events_trigger" ON "events" USING btree ("trigger","id");--> statement-breakpoint
CREATE INDEX "events_organization" ON "events" USING btree ("organization","id");--> statement-breakpoint
CREATE INDEX "events_run" ON "events" USING btree ("run");--> statement-breakpoint
CREATE INDEX "events_record" ON "events" USING btree ("connection","kind","record");--> statement-breakpoint
CREATE INDEX "subscriptions_feed" ON "subscriptions" USING btree ("connection","kind");--> statement-breakpoint
CREATE INDEX "triggers_organization" ON "triggers" USING btree ("organization");--> statement-breakpoint
CREATE INDEX "triggers_connection" ON "triggers" USING btree ("connection");--> statement-breakpoint
CREATE INDEX "runs_trigger" ON "runs" USING btree ("trigger","started_at");--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("started_at") WHERE "runs"."status" = 'running';--> statement-breakpoint
CREATE UNIQUE INDEX "writes_one_record" ON "writes" USING btree ("host","resource","halo_id") WHERE "writes"."effect" = 'create' and "writes"."halo_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "writes_once" ON "writes" USING btree ("connection","once") WHERE "writes"."once" is not null;--> statement-breakpoint
CREATE INDEX "writes_open" ON "writes" USING btree ("host","resource") WHERE "writes"."state" = 'sent';--> statement-breakpoint
CREATE INDEX "writes_ticket" ON "writes" USING btree ("host","ticket","sent_at");--> statement-breakpoint
CREATE INDEX "writes_stamp" ON "writes" USING btree ("stamp");
--> statement-breakpoint
CREATE TABLE "run_ends" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"closed_at" timestamp with time zone,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "create_leases" (
	"host" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stamp_proofs" (
	"host" text NOT NULL,
	"resource" text NOT NULL,
	"proven_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stamp_proofs_host_resource_pk" PRIMARY KEY("host","resource")
);
