-- In the order in which the functions of 0001_calls.sql lock: callers of them wait here and go on with those below.
LOCK TABLE "budget_hosts", "budget_grants", "budget_waits", "budget_tags" IN ACCESS EXCLUSIVE MODE;--> statement-breakpoint
DROP INDEX "budget_grants_expiry";--> statement-breakpoint
ALTER TABLE "budget_tags" DROP CONSTRAINT "budget_tags_host_rank_organization_pk";--> statement-breakpoint
ALTER TABLE "budget_waits" DROP CONSTRAINT "budget_waits_host_key_pk";--> statement-breakpoint
ALTER TABLE "budget_hosts" DROP CONSTRAINT "budget_hosts_pkey";--> statement-breakpoint
ALTER TABLE "budget_grants" ADD COLUMN "tree" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_grants" ADD COLUMN "connection" text;--> statement-breakpoint
ALTER TABLE "budget_hosts" ADD COLUMN "tree" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_hosts" ADD COLUMN "version" bigint;--> statement-breakpoint
ALTER TABLE "budget_tags" ADD COLUMN "tree" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_waits" ADD COLUMN "tree" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_hosts" ADD CONSTRAINT "budget_hosts_tree_host_pk" PRIMARY KEY("tree","host");--> statement-breakpoint
ALTER TABLE "budget_tags" ADD CONSTRAINT "budget_tags_tree_host_rank_organization_pk" PRIMARY KEY("tree","host","rank","organization");--> statement-breakpoint
ALTER TABLE "budget_waits" ADD CONSTRAINT "budget_waits_tree_host_key_pk" PRIMARY KEY("tree","host","key");--> statement-breakpoint
CREATE INDEX "budget_grants_tree_expiry" ON "budget_grants" USING btree ("tree","host","expires_at");--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "is_accepted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Another Halo, application or secret has to be accepted anew, whoever changes it.
CREATE FUNCTION connections_accepted_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.resource_server, NEW.auth_server, NEW.tenant, NEW.client_id, NEW.sealed_secret)
     IS DISTINCT FROM (OLD.resource_server, OLD.auth_server, OLD.tenant, OLD.client_id, OLD.sealed_secret) THEN
    NEW.is_accepted := false;
  END IF;
  RETURN NEW;
END
$$;--> statement-breakpoint
CREATE TRIGGER connections_accepted_anew BEFORE UPDATE ON connections
  FOR EACH ROW EXECUTE FUNCTION connections_accepted_anew();--> statement-breakpoint
-- A rate limit inside the bounds of organizations/rateLimit.ts.
CREATE FUNCTION budget_bounded(INOUT requests integer, INOUT per_seconds integer) LANGUAGE sql IMMUTABLE AS $$
  SELECT least(1000000, greatest(1, ceil(w / 10.0), floor(requests::numeric * w / greatest(per_seconds, 1))))::integer, w
    FROM (SELECT least(greatest(per_seconds, 1), 3600) AS w) bounded
$$;--> statement-breakpoint
WITH corrected AS (
  UPDATE connections c SET rate_requests = b.requests, rate_per_seconds = b.per_seconds
    FROM (SELECT id, (budget_bounded(rate_requests, rate_per_seconds)).* FROM connections) b
    WHERE b.id = c.id AND (b.requests, b.per_seconds) <> (c.rate_requests, c.rate_per_seconds)
    RETURNING 1
)
UPDATE configuration SET version = version + 1 WHERE EXISTS (SELECT FROM corrected);--> statement-breakpoint
-- The root above an organization; itself where it is unknown.
CREATE FUNCTION budget_tree(p_organization text) RETURNS text LANGUAGE sql STABLE AS $$
  WITH RECURSIVE line AS (
    SELECT slug, parent, 0 AS depth FROM organizations WHERE slug = p_organization
    UNION ALL
    SELECT o.slug, o.parent, depth + 1 FROM line JOIN organizations o ON o.slug = line.parent WHERE depth < 1000
  )
  SELECT coalesce((SELECT slug FROM line ORDER BY depth DESC LIMIT 1), p_organization)
$$;--> statement-breakpoint
-- What counts and who waits goes along to each tree. Lost: what a 429 made us believe, which the next one tells again.
UPDATE budget_grants SET tree = budget_tree(organization),
  expires_at = least(expires_at, clock_timestamp() + interval '3660 s');--> statement-breakpoint
UPDATE budget_waits SET tree = budget_tree(organization);--> statement-breakpoint
UPDATE budget_tags SET tree = budget_tree(organization);--> statement-breakpoint
INSERT INTO budget_hosts (tree, host, requests, per_seconds, named_at, horizon, virtual_times, live, live_feed, live_bulk)
  SELECT t.tree, h.host, b.requests, b.per_seconds, clock_timestamp(), '-infinity', h.virtual_times,
      count(g.id), count(g.id) FILTER (WHERE g.lane = 'feed'), count(g.id) FILTER (WHERE g.lane = 'bulk')
    FROM budget_hosts h
      JOIN (SELECT tree, host FROM budget_grants UNION SELECT tree, host FROM budget_waits) t ON t.host = h.host
      LEFT JOIN budget_grants g ON g.host = h.host AND g.tree = t.tree
      CROSS JOIN LATERAL budget_bounded(h.requests, h.per_seconds) b
    WHERE h.tree = '' AND t.tree <> ''
    GROUP BY t.tree, h.host, b.requests, b.per_seconds, h.virtual_times;--> statement-breakpoint
DELETE FROM budget_hosts h WHERE tree = ''
  AND NOT EXISTS (SELECT FROM budget_grants g WHERE g.host = h.host AND g.tree = '')
  AND NOT EXISTS (SELECT FROM budget_waits w WHERE w.host = h.host AND w.tree = '');--> statement-breakpoint
-- When the first grants of these lanes stop counting. One without a reply may end one window from now, if the reply
-- comes at once.
CREATE FUNCTION budget_expiries(own budget_waits, lanes text[], most bigint, t timestamptz, period interval)
RETURNS timestamptz[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(least(g.expires_at, t + period) ORDER BY g.expires_at) FROM (
    SELECT expires_at FROM budget_grants WHERE tree = own.tree AND host = own.host AND lane = ANY (lanes)
    ORDER BY expires_at LIMIT greatest(most, 0)
  ) g
$$;--> statement-breakpoint
-- As in 0001_calls.sql, among what counts and waits in one tree.
CREATE OR REPLACE FUNCTION budget_next_ask(
  own budget_waits, lanes text[], place bigint, cap integer, free integer, t timestamptz, period interval
) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  expiries timestamptz[] := budget_expiries(own, lanes, place - free, t, period);
BEGIN
  RETURN least(budget_place_at(place, cap, free, expiries, t, period), (
    SELECT min(greatest(w.asks_at + interval '5 s', budget_place_at(place - w.nth, cap, free, expiries, t, period)))
    FROM (
      SELECT asks_at, row_number() OVER (ORDER BY asks_at) AS nth FROM budget_waits
      WHERE tree = own.tree AND host = own.host AND asks_at > t - interval '5 s' AND lane = ANY (lanes)
        AND (rank, tag, id) < (own.rank, own.tag, own.id)
    ) w WHERE w.nth < place
  ));
END
$$;--> statement-breakpoint
-- When the turn of `own` comes, where everybody before it takes theirs.
CREATE FUNCTION budget_turn(
  own budget_waits, lanes text[], place bigint, cap integer, free integer, t timestamptz, period interval
) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT budget_place_at(place, cap, free, budget_expiries(own, lanes, place - free, t, period), t, period)
$$;--> statement-breakpoint
-- The tree's own row, locked. When the configuration is newer than the row, what was granted to the tree's connections
-- while they were another tree's counts here from now on.
CREATE FUNCTION budget_host(
  p_tree text, p_host text, p_requests integer, p_per_seconds integer, p_version bigint, p_connections text[]
) RETURNS budget_hosts LANGUAGE plpgsql AS $$
DECLARE
  h budget_hosts;
  known bigint;
  trees text[];
BEGIN
  SELECT version INTO known FROM budget_hosts WHERE tree = p_tree AND host = p_host;
  IF NOT FOUND THEN
    INSERT INTO budget_hosts (tree, host, requests, per_seconds, named_at, horizon, virtual_times)
      VALUES (p_tree, p_host, p_requests, p_per_seconds, clock_timestamp(), '-infinity', '{0,0,0}') ON CONFLICT DO NOTHING;
  END IF;
  IF p_version > coalesce(known, -1) THEN
    trees := ARRAY(
      SELECT p_tree UNION SELECT tree FROM budget_grants WHERE host = p_host AND connection = ANY (p_connections)
    );
    IF cardinality(trees) > 1 THEN
      -- In one order, here and below, so that no two callers wait for each other.
      PERFORM FROM budget_hosts WHERE host = p_host AND tree = ANY (trees) ORDER BY tree FOR UPDATE;
      PERFORM FROM budget_grants WHERE host = p_host AND tree = ANY (trees) AND connection = ANY (p_connections)
        ORDER BY id FOR UPDATE;
      UPDATE budget_grants SET tree = p_tree
        WHERE host = p_host AND tree = ANY (trees) AND tree <> p_tree AND connection = ANY (p_connections);
      UPDATE budget_hosts b SET (live, live_feed, live_bulk) = (
        SELECT count(*), count(*) FILTER (WHERE g.lane = 'feed'), count(*) FILTER (WHERE g.lane = 'bulk')
          FROM budget_grants g WHERE g.tree = b.tree AND g.host = b.host
      ) WHERE b.host = p_host AND b.tree = ANY (trees);
    END IF;
  END IF;
  SELECT * INTO h FROM budget_hosts WHERE tree = p_tree AND host = p_host FOR UPDATE;
  RETURN h;
END
$$;--> statement-breakpoint
-- Asks for one request to a host: either grant_id, or wait_ms until the caller should ask again; its place is kept under
-- p_key. p_version: of the configuration that the limit is by; without one it counts as in 0001_calls.sql. p_first: the
-- call's first request of this attempt, counted in `calls` by the same commit, so that an attempt whose worker dies is
-- counted. turn_ms: when its turn comes, should that be later than p_left_ms; the row is left as it is. ahead: how many
-- wait before it. newest: the version of the configuration now.
CREATE FUNCTION budget_take(
  p_tree text, p_host text, p_requests integer, p_per_seconds integer, p_version bigint, p_connection text,
  p_connections text[], p_timeout_ms double precision, p_organization text, p_lane text, p_key text, p_first boolean,
  p_left_ms double precision,
  OUT grant_id bigint, OUT wait_ms double precision, OUT turn_ms double precision, OUT ahead bigint, OUT newest bigint
) LANGUAGE plpgsql AS $$
DECLARE
  h budget_hosts;
  own budget_waits;
  t timestamptz;
  period interval;
  gone record;
  before record;
  cap_all integer; cap_others integer; cap_bulk integer;
  free_all integer; free_others integer; free_bulk integer;
  place_all bigint; place_others bigint; place_bulk bigint;
  bulk_passing bigint;
  may_go boolean;
  next_ask timestamptz;
  turn timestamptz;
BEGIN
  newest := (SELECT version FROM configuration);
  h := budget_host(p_tree, p_host, p_requests, p_per_seconds, p_version, p_connections);
  t := clock_timestamp();

  IF p_version IS NOT NULL THEN
    -- What no connection asks for any more is gone at once, and what was granted counts for as long as it says now.
    IF p_version >= coalesce(h.version, -1) THEN
      IF p_per_seconds <> h.per_seconds THEN
        PERFORM FROM budget_grants WHERE tree = p_tree AND host = p_host ORDER BY id FOR UPDATE;
        UPDATE budget_grants SET expires_at = expires_at + make_interval(secs => p_per_seconds - h.per_seconds)
          WHERE tree = p_tree AND host = p_host;
      END IF;
      h.requests := p_requests; h.per_seconds := p_per_seconds; h.version := p_version; h.named_at := t;
    END IF;
  -- Callers without a version may disagree: the smaller limit holds for a window, and none against one with a version.
  ELSIF h.version IS NULL
    AND ((p_requests::float8 / p_per_seconds, p_requests) <= (h.requests::float8 / h.per_seconds, h.requests)
      OR t > h.named_at + make_interval(secs => h.per_seconds)) THEN
    h.requests := p_requests; h.per_seconds := p_per_seconds; h.named_at := t;
  END IF;
  period := make_interval(secs => h.per_seconds);

  -- Skipping locked rows (a reply is just being noted) keeps this free of deadlocks; they count until next time.
  WITH deleted AS (
    DELETE FROM budget_grants WHERE id = ANY (ARRAY(
      SELECT id FROM budget_grants WHERE tree = p_tree AND host = p_host AND expires_at <= t
      ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED
    )) RETURNING lane
  )
  SELECT count(*) AS n, count(*) FILTER (WHERE lane = 'feed') AS feed, count(*) FILTER (WHERE lane = 'bulk') AS bulk
    INTO gone FROM deleted;
  h.live := h.live - gone.n; h.live_feed := h.live_feed - gone.feed; h.live_bulk := h.live_bulk - gone.bulk;

  cap_all := budget_limit(h, t);
  cap_others := CASE WHEN h.feed_active THEN greatest(1, cap_all::bigint * 9 / 10) ELSE cap_all END;
  cap_bulk := least(cap_others, greatest(1, cap_all / 2));
  free_all := cap_all - h.live;
  free_others := cap_others - (h.live - h.live_feed);
  free_bulk := cap_bulk - h.live_bulk;
  may_go := t >= h.horizon AND free_all > 0 AND (p_lane = 'feed' OR free_others > 0)
    AND (p_lane <> 'bulk' OR free_bulk > 0);

  IF NOT may_go OR EXISTS (SELECT FROM budget_waits WHERE tree = p_tree AND host = p_host) THEN
    DELETE FROM budget_waits w
      WHERE w.tree = p_tree AND w.host = p_host AND w.asks_at < t - interval '10 min' AND w.key <> p_key;
    SELECT * INTO own FROM budget_waits WHERE tree = p_tree AND host = p_host AND key = p_key;
    IF NOT FOUND THEN
      -- A queue that forms goes on from what each organization has been granted of the window.
      IF NOT EXISTS (SELECT FROM budget_waits WHERE tree = p_tree AND host = p_host) THEN
        DELETE FROM budget_tags WHERE tree = p_tree AND host = p_host;
        INSERT INTO budget_tags (tree, host, rank, organization, tag)
          SELECT p_tree, p_host, g.rank, g.organization, h.virtual_times[g.rank] + count(*) FROM (
            SELECT organization, CASE lane WHEN 'feed' THEN 1 WHEN 'interactive' THEN 2 ELSE 3 END AS rank
            FROM budget_grants WHERE tree = p_tree AND host = p_host
          ) g GROUP BY g.rank, g.organization;
      END IF;
      own.rank := CASE p_lane WHEN 'feed' THEN 1 WHEN 'interactive' THEN 2 ELSE 3 END;
      INSERT INTO budget_tags (tree, host, rank, organization, tag)
        VALUES (p_tree, p_host, own.rank, p_organization, h.virtual_times[own.rank] + 1)
        ON CONFLICT (tree, host, rank, organization)
        DO UPDATE SET tag = greatest(h.virtual_times[own.rank], budget_tags.tag) + 1
        RETURNING tag INTO own.tag;
      INSERT INTO budget_waits (tree, host, key, lane, organization, rank, tag, asks_at)
        VALUES (p_tree, p_host, p_key, p_lane, p_organization, own.rank, own.tag, t) RETURNING * INTO own;
    END IF;

    -- Bulk and the other lanes stand in one order, but who is over its share lets the others pass.
    SELECT count(*) FILTER (WHERE w.lane = 'feed') AS feed, count(*) FILTER (WHERE w.lane = 'bulk') AS bulk,
        count(*) FILTER (WHERE w.lane IN ('interactive', 'normal')) AS main
      INTO before FROM budget_waits w
      WHERE w.tree = p_tree AND w.host = p_host AND w.asks_at > t - interval '5 s'
        AND (w.rank, w.tag, w.id) < (own.rank, own.tag, own.id);
    bulk_passing := CASE WHEN own.lane = 'bulk' THEN before.bulk ELSE least(before.bulk, greatest(free_bulk, 0)) END;
    place_bulk := before.bulk + 1;
    place_others := before.main + bulk_passing + 1;
    place_all := before.feed + least(place_others - 1, greatest(free_others, 0)) + 1;
    ahead := before.feed + before.main + before.bulk;
    may_go := t >= h.horizon AND place_all <= free_all AND (own.lane = 'feed' OR place_others <= free_others)
      AND (own.lane <> 'bulk' OR place_bulk <= free_bulk);

    IF may_go THEN
      DELETE FROM budget_waits WHERE tree = p_tree AND host = p_host AND key = p_key;
      h.virtual_times[own.rank] := greatest(h.virtual_times[own.rank], own.tag - 1);
    ELSE
      next_ask := greatest(h.horizon, t + interval '10 ms',
        CASE WHEN place_all > free_all THEN budget_next_ask(
          own, '{feed,interactive,normal,bulk}', place_all, cap_all, free_all, t, period) END,
        CASE WHEN own.lane <> 'feed' AND place_others > free_others THEN budget_next_ask(
          own, '{interactive,normal,bulk}', place_others, cap_others, free_others, t, period) END,
        CASE WHEN own.lane = 'bulk' AND place_bulk > free_bulk THEN budget_next_ask(
          own, '{bulk}', place_bulk, cap_bulk, free_bulk, t, period) END);
      wait_ms := extract(epoch FROM next_ask - t) * 1000;
      -- Its turn, where everybody before it takes theirs. A believed limit grows meanwhile, so nothing is certain by it.
      IF h.horizon > t + make_interval(secs => p_left_ms / 1000) THEN
        turn := h.horizon;
      ELSIF cap_all >= h.requests
        AND t + (greatest(place_others - 1, place_all - 1) / cap_bulk + 1) * period > t + make_interval(secs => p_left_ms / 1000)
      THEN
        turn := greatest(h.horizon,
          budget_turn(own, '{feed,interactive,normal,bulk}', place_all, cap_all, free_all, t, period),
          CASE WHEN own.lane <> 'feed' THEN budget_turn(
            own, '{interactive,normal,bulk}', place_others, cap_others, free_others, t, period) END,
          CASE WHEN own.lane = 'bulk' THEN budget_turn(
            own, '{bulk}', place_bulk, cap_bulk, free_bulk, t, period) END);
      END IF;
      IF turn > t + make_interval(secs => p_left_ms / 1000) THEN
        turn_ms := extract(epoch FROM turn - t) * 1000;
      END IF;
      UPDATE budget_waits w SET asks_at = next_ask WHERE w.tree = p_tree AND w.host = p_host AND w.key = p_key;
      -- A place lost with a crashed server is asked for again; nobody has to wait for the disk with the host locked.
      PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
  END IF;

  IF may_go THEN
    INSERT INTO budget_grants (tree, host, lane, connection, organization, granted_at, expires_at)
      VALUES (p_tree, p_host, p_lane, p_connection, p_organization, t,
        t + make_interval(secs => p_timeout_ms / 1000) + period)
      RETURNING id INTO grant_id;
    h.live := h.live + 1;
    h.live_feed := h.live_feed + (p_lane = 'feed')::integer;
    h.live_bulk := h.live_bulk + (p_lane = 'bulk')::integer;
    IF p_first THEN
      UPDATE calls SET attempts = attempts + 1 WHERE key = p_key;
    END IF;
  END IF;

  UPDATE budget_hosts SET requests = h.requests, per_seconds = h.per_seconds, named_at = h.named_at,
    version = h.version, live = h.live, live_feed = h.live_feed, live_bulk = h.live_bulk,
    virtual_times = h.virtual_times WHERE tree = p_tree AND host = p_host;
END
$$;--> statement-breakpoint
-- As processes of the last version call it: the tree is that of the organization, the limit inside the bounds.
CREATE OR REPLACE FUNCTION budget_take(
  p_host text, p_requests integer, p_per_seconds integer, p_timeout_ms double precision,
  p_organization text, p_lane text, p_key text, p_first boolean,
  OUT grant_id bigint, OUT wait_ms double precision
) LANGUAGE sql AS $$
  SELECT taken.grant_id, taken.wait_ms
    FROM budget_bounded(p_requests, p_per_seconds) b, budget_take(budget_tree(p_organization), p_host, b.requests,
      b.per_seconds, NULL, NULL, NULL, p_timeout_ms, p_organization, p_lane, p_key, p_first, NULL) taken
$$;--> statement-breakpoint
-- Replies have come: their grants count for one window from now. Lost with a crash they count longer, never shorter.
CREATE OR REPLACE FUNCTION budget_replied(p_grants bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  PERFORM FROM budget_grants WHERE id = ANY (p_grants) ORDER BY id FOR UPDATE;
  UPDATE budget_grants g SET expires_at = clock_timestamp() + make_interval(secs => h.per_seconds)
    FROM budget_hosts h WHERE h.tree = g.tree AND h.host = g.host AND g.id = ANY (p_grants);
END
$$;--> statement-breakpoint
-- Halo has answered 429: nobody of the tree asks it again before p_retry_after_ms, and it seems to allow no more than
-- what was granted in the window before that request.
CREATE OR REPLACE FUNCTION budget_refused(p_grant bigint, p_host text, p_retry_after_ms double precision) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  h budget_hosts;
  t timestamptz;
  accepted bigint;
BEGIN
  SELECT b.* INTO h FROM budget_hosts b
    WHERE b.host = p_host AND b.tree = (SELECT tree FROM budget_grants WHERE id = p_grant) FOR UPDATE;
  t := clock_timestamp();
  SELECT count(g.id) INTO accepted FROM budget_grants refused
    LEFT JOIN budget_grants g ON g.tree = refused.tree AND g.host = refused.host AND g.id < p_grant
      AND g.granted_at > refused.granted_at - make_interval(secs => h.per_seconds)
    WHERE refused.id = p_grant GROUP BY refused.id;
  UPDATE budget_hosts SET refused_at = t,
    horizon = greatest(h.horizon, t + make_interval(secs => p_retry_after_ms / 1000)),
    believed = greatest(ceil(h.requests / 10.0), least(budget_limit(h, t), accepted))
    WHERE tree = h.tree AND host = h.host;
  UPDATE budget_grants SET expires_at = t + make_interval(secs => h.per_seconds) WHERE id = p_grant;
END
$$;
