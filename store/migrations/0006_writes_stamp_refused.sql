ALTER TABLE "stamp_proofs" ADD COLUMN "kept" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "marks" text[];--> statement-breakpoint
ALTER TABLE "writes" ADD COLUMN "application" text;