ALTER TABLE "subscriptions" ALTER COLUMN "baseline" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "feeds" ADD COLUMN "host" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "enabled_at" timestamp with time zone NOT NULL;