CREATE TABLE "past_names" (
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"holders" text[],
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "past_names_kind_name_pk" PRIMARY KEY("kind","name")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "min_retention_days" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "max_organizations" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "said_by" jsonb DEFAULT '{}'::jsonb NOT NULL;
--> statement-breakpoint
-- All that an organization had above it, from the root down, also where those go in the same statement.
CREATE FUNCTION haloflow_keep_organizations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO past_names (kind, name, holders)
	WITH RECURSIVE known(slug, parent) AS MATERIALIZED (
		SELECT slug, parent FROM organizations UNION SELECT slug, parent FROM gone
	), line(name, path) AS (
		SELECT slug, '{}'::text[] FROM known WHERE parent IS NULL
		UNION ALL
		SELECT known.slug, line.path || known.parent FROM line JOIN known ON known.parent = line.name
	)
	SELECT 'organization', line.name, line.path FROM line JOIN gone ON gone.slug = line.name
	ON CONFLICT (kind, name) DO UPDATE SET holders = excluded.holders, at = now();
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION haloflow_keep_owned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO past_names (kind, name, holders)
	WITH RECURSIVE line(name, holder, depth) AS (
		SELECT id, organization, 1 FROM gone
		UNION ALL
		SELECT line.name, organizations.parent, line.depth + 1
		FROM line JOIN organizations ON organizations.slug = line.holder
		WHERE organizations.parent IS NOT NULL AND line.depth < 1000
	)
	SELECT TG_ARGV[0], name, array_agg(holder ORDER BY depth DESC) FROM line GROUP BY name
	ON CONFLICT (kind, name) DO UPDATE SET holders = excluded.holders, at = now();
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER organizations_gone AFTER DELETE ON organizations REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION haloflow_keep_organizations();--> statement-breakpoint
CREATE TRIGGER connections_gone AFTER DELETE ON connections REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION haloflow_keep_owned('connection');--> statement-breakpoint
CREATE TRIGGER triggers_gone AFTER DELETE ON triggers REFERENCING OLD TABLE AS gone
	FOR EACH STATEMENT EXECUTE FUNCTION haloflow_keep_owned('trigger');--> statement-breakpoint
-- Names that were deleted before: whose they were is what their last audit line says, where there is one.
INSERT INTO past_names (kind, name, holders, at)
WITH RECURSIVE seen(kind, name) AS (
	SELECT 'organization', organization FROM runs
	UNION SELECT 'organization', owner FROM runs
	UNION SELECT 'organization', organization FROM events
	UNION SELECT 'organization', organization FROM calls
	UNION SELECT 'organization', organization FROM audit_log
	UNION SELECT 'trigger', trigger FROM events
	UNION SELECT 'trigger', trigger FROM runs
	UNION SELECT 'connection', connection FROM events
	UNION SELECT 'connection', connection FROM calls
	UNION SELECT 'connection', connection FROM writes
	UNION SELECT 'connection', connection FROM feeds
), past(kind, name) AS (
	SELECT kind, name FROM seen WHERE name IS NOT NULL AND NOT CASE kind
		WHEN 'organization' THEN EXISTS (SELECT FROM organizations WHERE slug = name)
		WHEN 'connection' THEN EXISTS (SELECT FROM connections WHERE id = name)
		ELSE EXISTS (SELECT FROM triggers WHERE id = name) END
), last(kind, name, holder) AS (
	SELECT DISTINCT ON (past.kind, past.name) past.kind, past.name, audit_log.organization
	FROM past JOIN audit_log ON audit_log.object = past.kind || ' ' || past.name AND audit_log.organization <> past.name
	ORDER BY past.kind, past.name, audit_log.id DESC
), line(kind, name, holder, depth) AS (
	SELECT last.kind, last.name, last.holder, 1 FROM last WHERE last.holder IS NOT NULL
	UNION ALL
	SELECT line.kind, line.name, organizations.parent, line.depth + 1
	FROM line JOIN organizations ON organizations.slug = line.holder
	WHERE organizations.parent IS NOT NULL AND line.depth < 1000
)
SELECT past.kind, past.name, array_agg(line.holder ORDER BY line.depth DESC) FILTER (WHERE line.holder IS NOT NULL), now()
FROM past LEFT JOIN line ON line.kind = past.kind AND line.name = past.name GROUP BY past.kind, past.name;
