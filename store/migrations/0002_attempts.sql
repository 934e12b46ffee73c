ALTER TABLE "calls" ADD COLUMN "attempt" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "attempt" integer DEFAULT 0 NOT NULL;