ALTER TABLE "organizations" ADD COLUMN "min_retention_days" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "max_organizations" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "said_by" jsonb DEFAULT '{}'::jsonb NOT NULL;