CREATE INDEX "audit_log_kept" ON "audit_log" USING btree ("at") WHERE "audit_log"."before" is not null or "audit_log"."after" is not null;--> statement-breakpoint
CREATE INDEX "events_told" ON "events" USING btree ("created_at") WHERE strpos("events"."reason", ':') > 0;--> statement-breakpoint
CREATE INDEX "writes_kept" ON "writes" USING btree ("sent_at") WHERE "writes"."result" is not null or "writes"."marks" is not null;--> statement-breakpoint
-- A reason that is cut at its colon, past retention, is no news to who follows.
DROP TRIGGER events_changed ON events;--> statement-breakpoint
CREATE TRIGGER events_changed BEFORE UPDATE ON events FOR EACH ROW
	WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.organization IS DISTINCT FROM NEW.organization
		OR (OLD.reason IS DISTINCT FROM NEW.reason AND coalesce(NEW.reason <> split_part(OLD.reason, ':', 1), true)))
	EXECUTE FUNCTION haloflow_changed();
