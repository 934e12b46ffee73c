ALTER TABLE "events" ADD COLUMN "changed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "changed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "events_ticket" ON "events" USING btree ("record") WHERE "events"."record" is not null;--> statement-breakpoint
CREATE INDEX "events_changed" ON "events" USING btree ("changed","id");--> statement-breakpoint
CREATE INDEX "events_created" ON "events" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "events_kept" ON "events" USING btree ("created_at") WHERE "events"."payload" is not null or "events"."outcome" is not null;--> statement-breakpoint
CREATE INDEX "runs_started" ON "runs" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "runs_workflow" ON "runs" USING btree ("workflow","started_at");--> statement-breakpoint
CREATE INDEX "runs_status" ON "runs" USING btree ("status","started_at");--> statement-breakpoint
CREATE INDEX "runs_closed" ON "runs" USING btree ("closed_at");--> statement-breakpoint
CREATE INDEX "runs_changed" ON "runs" USING btree ("changed","id");--> statement-breakpoint
CREATE FUNCTION haloflow_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.changed := pg_current_xact_id()::text::bigint;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER runs_made BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION haloflow_changed();--> statement-breakpoint
CREATE TRIGGER runs_changed BEFORE UPDATE ON runs FOR EACH ROW
	WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.closed_at IS DISTINCT FROM NEW.closed_at)
	EXECUTE FUNCTION haloflow_changed();--> statement-breakpoint
CREATE TRIGGER events_made BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION haloflow_changed();--> statement-breakpoint
CREATE TRIGGER events_changed BEFORE UPDATE ON events FOR EACH ROW
	WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.organization IS DISTINCT FROM NEW.organization)
	EXECUTE FUNCTION haloflow_changed();
