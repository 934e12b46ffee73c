ALTER TABLE "feeds" ADD COLUMN "changed_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "feeds" ADD COLUMN "look_marks" jsonb DEFAULT '[]'::jsonb NOT NULL;