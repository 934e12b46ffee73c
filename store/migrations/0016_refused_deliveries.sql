CREATE TABLE "refused_deliveries" (
	"name" text NOT NULL,
	"status" integer NOT NULL,
	"reason" text NOT NULL,
	"count" integer NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refused_deliveries_name_status_reason_pk" PRIMARY KEY("name","status","reason")
);
