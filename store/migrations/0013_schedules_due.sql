CREATE TABLE "installation" (
	"singleton" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"migrations" integer NOT NULL,
	"oldest" integer NOT NULL,
	"keys" text[],
	CONSTRAINT "installation_once" CHECK ("installation"."singleton")
);
--> statement-breakpoint
ALTER TABLE "triggers" ADD COLUMN "due_from" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "triggers" ADD COLUMN "reading" integer;--> statement-breakpoint
CREATE FUNCTION haloflow_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.due_from := clock_timestamp();
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER triggers_made BEFORE INSERT ON triggers FOR EACH ROW EXECUTE FUNCTION haloflow_due();--> statement-breakpoint
CREATE TRIGGER triggers_due BEFORE UPDATE ON triggers FOR EACH ROW
	WHEN (OLD.type IS DISTINCT FROM NEW.type OR OLD.parameters IS DISTINCT FROM NEW.parameters OR NEW.enabled AND NOT OLD.enabled)
	EXECUTE FUNCTION haloflow_due();--> statement-breakpoint
UPDATE triggers SET reading = 1 WHERE type = 'cron';
