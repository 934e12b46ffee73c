CREATE TABLE "budget_grants" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"lane" text NOT NULL,
	"organization" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "budget_hosts" (
	"host" text PRIMARY KEY NOT NULL,
	"requests" integer NOT NULL,
	"per_seconds" integer NOT NULL,
	"named_at" timestamp with time zone NOT NULL,
	"live" integer DEFAULT 0 NOT NULL,
	"live_feed" integer DEFAULT 0 NOT NULL,
	"live_bulk" integer DEFAULT 0 NOT NULL,
	"feed_active" boolean DEFAULT false NOT NULL,
	"horizon" timestamp with time zone NOT NULL,
	"believed" integer,
	"refused_at" timestamp with time zone,
	"virtual_times" double precision[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "budget_tags" (
	"host" text NOT NULL,
	"rank" smallint NOT NULL,
	"organization" text NOT NULL,
	"tag" double precision NOT NULL,
	CONSTRAINT "budget_tags_host_rank_organization_pk" PRIMARY KEY("host","rank","organization")
);
--> statement-breakpoint
CREATE TABLE "budget_waits" (
	"host" text NOT NULL,
	"key" text NOT NULL,
	"id" bigserial NOT NULL,
	"lane" text NOT NULL,
	"organization" text NOT NULL,
	"rank" smallint NOT NULL,
	"tag" double precision NOT NULL,
	"asks_at" timestamp with time zone NOT NULL,
	CONSTRAINT "budget_waits_host_key_pk" PRIMARY KEY("host","key")
);
--> statement-breakpoint
CREATE TABLE "writes" (
	"call" text PRIMARY KEY NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"result" json
);
--> statement-breakpoint
ALTER TABLE "writes" ADD CONSTRAINT "writes_call_calls_key_fk" FOREIGN KEY ("call") REFERENCES "public"."calls"("key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "budget_grants_expiry" ON "budget_grants" USING btree ("host","expires_at");--> statement-breakpoint
-- The limit that counts at t: the configured one, or what a 429 made us believe, a tenth more after each window since.
CREATE FUNCTION budget_limit(h budget_hosts, t timestamptz) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT greatest(1, least(h.requests, CASE WHEN h.believed IS NOT NULL THEN
    floor(h.believed + floor(extract(epoch FROM t - h.refused_at) / h.per_seconds) * h.requests / 10) END))::integer
$$;--> statement-breakpoint
-- When the n-th of those who wait can be granted at the earliest: `free` of the `cap` places at t, one as each of the
-- grants expires, and every place again one window after it was last taken.
CREATE FUNCTION budget_place_at(
  n bigint, cap integer, free integer, expiries timestamptz[], t timestamptz, period interval
) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(
      CASE WHEN (n - 1) % cap < free THEN t ELSE expiries[((n - 1) % cap + 1 - free)::integer] END,
      t + period
    ) + (n - 1) / cap * period
$$;--> statement-breakpoint
-- When `own` has to ask again: at its place's time, or earlier if that would be its turn should rows before it turn out
-- to be dead, each 5 s after its own time. So nobody waits longer than those 5 s for the dead, and one who waits long
-- asks in ever shorter steps, some seven times in all.
CREATE FUNCTION budget_next_ask(
  own budget_waits, lanes text[], place bigint, cap integer, free integer, t timestamptz, period interval
) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  expiries timestamptz[];
BEGIN
  -- A grant without a reply may end one window from now, if the reply comes at once.
  SELECT array_agg(least(g.expires_at, t + period) ORDER BY g.expires_at) INTO expiries FROM (
    SELECT expires_at FROM budget_grants WHERE host = own.host AND lane = ANY (lanes)
    ORDER BY expires_at LIMIT greatest(place - free, 0)
  ) g;
  RETURN least(budget_place_at(place, cap, free, expiries, t, period), (
    SELECT min(greatest(w.asks_at + interval '5 s', budget_place_at(place - w.nth, cap, free, expiries, t, period)))
    FROM (
      SELECT asks_at, row_number() OVER (ORDER BY asks_at) AS nth FROM budget_waits
      WHERE host = own.host AND asks_at > t - interval '5 s' AND lane = ANY (lanes)
        AND (rank, tag, id) < (own.rank, own.tag, own.id)
    ) w WHERE w.nth < place
  ));
END
$$;--> statement-breakpoint
-- Asks for one request to a host: either grant_id, or wait_ms until the caller should ask again; its place is kept under
-- p_key. p_first: the call's first request of this attempt, counted in `calls` by the same commit, so that an attempt
-- whose worker dies is counted.
CREATE FUNCTION budget_take(
  p_host text, p_requests integer, p_per_seconds integer, p_timeout_ms double precision,
  p_organization text, p_lane text, p_key text, p_first boolean,
  OUT grant_id bigint, OUT wait_ms double precision
) LANGUAGE plpgsql AS $$
DECLARE
  h budget_hosts;
  own budget_waits;
  t timestamptz;
  period interval;
  gone record;
  ahead record;
  cap_all integer; cap_others integer; cap_bulk integer;
  free_all integer; free_others integer; free_bulk integer;
  place_all bigint; place_others bigint; place_bulk bigint;
  bulk_passing bigint;
  may_go boolean;
  next_ask timestamptz;
BEGIN
  SELECT * INTO h FROM budget_hosts WHERE host = p_host FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO budget_hosts (host, requests, per_seconds, named_at, horizon, virtual_times)
      VALUES (p_host, p_requests, p_per_seconds, clock_timestamp(), '-infinity', '{0,0,0}') ON CONFLICT DO NOTHING;
    SELECT * INTO h FROM budget_hosts WHERE host = p_host FOR UPDATE;
  END IF;
  t := clock_timestamp();

  -- Callers may disagree on the limit while a change of configuration spreads: the smaller one holds for a window.
  IF (p_requests::float8 / p_per_seconds, p_requests) <= (h.requests::float8 / h.per_seconds, h.requests)
     OR t > h.named_at + make_interval(secs => h.per_seconds) THEN
    h.requests := p_requests; h.per_seconds := p_per_seconds; h.named_at := t;
  END IF;
  period := make_interval(secs => h.per_seconds);

  -- Skipping locked rows (a reply is just being noted) keeps this free of deadlocks; they count until next time.
  WITH deleted AS (
    DELETE FROM budget_grants WHERE id = ANY (ARRAY(
      SELECT id FROM budget_grants WHERE host = p_host AND expires_at <= t
      ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED
    )) RETURNING lane
  )
  SELECT count(*) AS n, count(*) FILTER (WHERE lane = 'feed') AS feed, count(*) FILTER (WHERE lane = 'bulk') AS bulk
    INTO gone FROM deleted;
  h.live := h.live - gone.n; h.live_feed := h.live_feed - gone.feed; h.live_bulk := h.live_bulk - gone.bulk;

  cap_all := budget_limit(h, t);
  cap_others := CASE WHEN h.feed_active THEN greatest(1, cap_all * 9 / 10) ELSE cap_all END;
  cap_bulk := least(cap_others, greatest(1, cap_all / 2));
  free_all := cap_all - h.live;
  free_others := cap_others - (h.live - h.live_feed);
  free_bulk := cap_bulk - h.live_bulk;
  may_go := t >= h.horizon AND free_all > 0 AND (p_lane = 'feed' OR free_others > 0)
    AND (p_lane <> 'bulk' OR free_bulk > 0);

  IF NOT may_go OR EXISTS (SELECT FROM budget_waits WHERE host = p_host) THEN
    DELETE FROM budget_waits w WHERE w.host = p_host AND w.asks_at < t - interval '10 min' AND w.key <> p_key;
    SELECT * INTO own FROM budget_waits WHERE host = p_host AND key = p_key;
    IF NOT FOUND THEN
      -- A queue that forms goes on from what each organization has been granted of the window.
      IF NOT EXISTS (SELECT FROM budget_waits WHERE host = p_host) THEN
        DELETE FROM budget_tags WHERE host = p_host;
        INSERT INTO budget_tags (host, rank, organization, tag)
          SELECT p_host, g.rank, g.organization, h.virtual_times[g.rank] + count(*) FROM (
            SELECT organization, CASE lane WHEN 'feed' THEN 1 WHEN 'interactive' THEN 2 ELSE 3 END AS rank
            FROM budget_grants WHERE host = p_host
          ) g GROUP BY g.rank, g.organization;
      END IF;
      own.rank := CASE p_lane WHEN 'feed' THEN 1 WHEN 'interactive' THEN 2 ELSE 3 END;
      INSERT INTO budget_tags (host, rank, organization, tag)
        VALUES (p_host, own.rank, p_organization, h.virtual_times[own.rank] + 1)
        ON CONFLICT (host, rank, organization)
        DO UPDATE SET tag = greatest(h.virtual_times[own.rank], budget_tags.tag) + 1
        RETURNING tag INTO own.tag;
      INSERT INTO budget_waits (host, key, lane, organization, rank, tag, asks_at)
        VALUES (p_host, p_key, p_lane, p_organization, own.rank, own.tag, t) RETURNING * INTO own;
    END IF;

    -- Bulk and the other lanes stand in one order, but who is over its share lets the others pass.
    SELECT count(*) FILTER (WHERE w.lane = 'feed') AS feed, count(*) FILTER (WHERE w.lane = 'bulk') AS bulk,
        count(*) FILTER (WHERE w.lane IN ('interactive', 'normal')) AS main
      INTO ahead FROM budget_waits w
      WHERE w.host = p_host AND w.asks_at > t - interval '5 s' AND (w.rank, w.tag, w.id) < (own.rank, own.tag, own.id);
    bulk_passing := CASE WHEN own.lane = 'bulk' THEN ahead.bulk ELSE least(ahead.bulk, greatest(free_bulk, 0)) END;
    place_bulk := ahead.bulk + 1;
    place_others := ahead.main + bulk_passing + 1;
    place_all := ahead.feed + least(place_others - 1, greatest(free_others, 0)) + 1;
    may_go := t >= h.horizon AND place_all <= free_all AND (own.lane = 'feed' OR place_others <= free_others)
      AND (own.lane <> 'bulk' OR place_bulk <= free_bulk);

    IF may_go THEN
      DELETE FROM budget_waits WHERE host = p_host AND key = p_key;
      h.virtual_times[own.rank] := greatest(h.virtual_times[own.rank], own.tag - 1);
    ELSE
      next_ask := greatest(h.horizon, t + interval '10 ms',
        CASE WHEN place_all > free_all THEN budget_next_ask(
          own, '{feed,interactive,normal,bulk}', place_all, cap_all, free_all, t, period) END,
        CASE WHEN own.lane <> 'feed' AND place_others > free_others THEN budget_next_ask(
          own, '{interactive,normal,bulk}', place_others, cap_others, free_others, t, period) END,
        CASE WHEN own.lane = 'bulk' AND place_bulk > free_bulk THEN budget_next_ask(
          own, '{bulk}', place_bulk, cap_bulk, free_bulk, t, period) END);
      UPDATE budget_waits w SET asks_at = next_ask WHERE w.host = p_host AND w.key = p_key;
      wait_ms := extract(epoch FROM next_ask - t) * 1000;
      -- A place lost with a crashed server is asked for again; nobody has to wait for the disk with the host locked.
      PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
  END IF;

  IF may_go THEN
    INSERT INTO budget_grants (host, lane, organization, granted_at, expires_at)
      VALUES (p_host, p_lane, p_organization, t, t + make_interval(secs => p_timeout_ms / 1000) + period)
      RETURNING id INTO grant_id;
    h.live := h.live + 1;
    h.live_feed := h.live_feed + (p_lane = 'feed')::integer;
    h.live_bulk := h.live_bulk + (p_lane = 'bulk')::integer;
    IF p_first THEN
      UPDATE calls SET attempts = attempts + 1 WHERE key = p_key;
    END IF;
  END IF;

  UPDATE budget_hosts SET requests = h.requests, per_seconds = h.per_seconds, named_at = h.named_at, live = h.live,
    live_feed = h.live_feed, live_bulk = h.live_bulk, virtual_times = h.virtual_times WHERE host = p_host;
END
$$;--> statement-breakpoint
-- Replies have come: their grants count for one window from now. Lost with a crash they count longer, never shorter.
CREATE FUNCTION budget_replied(p_grants bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  UPDATE budget_grants g SET expires_at = clock_timestamp() + make_interval(secs => h.per_seconds)
    FROM budget_hosts h WHERE h.host = g.host AND g.id = ANY (p_grants);
END
$$;--> statement-breakpoint
-- Halo has answered 429: nobody asks it again before p_retry_after_ms, and it seems to allow no more than what was
-- granted in the window before that request.
CREATE FUNCTION budget_refused(p_grant bigint, p_host text, p_retry_after_ms double precision) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  h budget_hosts;
  t timestamptz;
  accepted bigint;
BEGIN
  SELECT * INTO h FROM budget_hosts WHERE host = p_host FOR UPDATE;
  t := clock_timestamp();
  SELECT count(g.id) INTO accepted FROM budget_grants refused
    LEFT JOIN budget_grants g ON g.host = p_host AND g.id < p_grant
      AND g.granted_at > refused.granted_at - make_interval(secs => h.per_seconds)
    WHERE refused.id = p_grant GROUP BY refused.id;
  UPDATE budget_hosts SET refused_at = t,
    horizon = greatest(h.horizon, t + make_interval(secs => p_retry_after_ms / 1000)),
    believed = greatest(ceil(h.requests / 10.0), least(budget_limit(h, t), accepted))
    WHERE host = p_host;
  UPDATE budget_grants SET expires_at = t + make_interval(secs => h.per_seconds) WHERE id = p_grant;
END
$$;
