CREATE TABLE "api_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"organization" text,
	"role" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"object" text NOT NULL,
	"organization" text,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "halo_options" (
	"connection" text NOT NULL,
	"kind" text NOT NULL,
	"rows" jsonb NOT NULL,
	"complete" boolean NOT NULL,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "halo_options_connection_kind_pk" PRIMARY KEY("connection","kind")
);
--> statement-breakpoint
CREATE TABLE "ignored_clients" (
	"connection" text NOT NULL,
	"client" integer NOT NULL,
	"reason" text,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ignored_clients_connection_client_pk" PRIMARY KEY("connection","client")
);
--> statement-breakpoint
CREATE TABLE "variables" (
	"organization" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"value" jsonb,
	"sealed_value" text,
	"description" text,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "variables_organization_name_pk" PRIMARY KEY("organization","name")
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "catch_all" text;--> statement-breakpoint
ALTER TABLE "mappings" ADD COLUMN "batch" uuid;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "retention_days" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "domain" text;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_organization_organizations_slug_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("slug") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "halo_options" ADD CONSTRAINT "halo_options_connection_connections_id_fk" FOREIGN KEY ("connection") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ignored_clients" ADD CONSTRAINT "ignored_clients_connection_connections_id_fk" FOREIGN KEY ("connection") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variables" ADD CONSTRAINT "variables_organization_organizations_slug_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("slug") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_name" ON "api_tokens" USING btree ("name") WHERE "api_tokens"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "audit_log_organization" ON "audit_log" USING btree ("organization","id");--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_catch_all_organizations_slug_fk" FOREIGN KEY ("catch_all") REFERENCES "public"."organizations"("slug") ON DELETE set null ON UPDATE no action;