DROP INDEX "api_tokens_name";--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_name" ON "api_tokens" USING btree (coalesce("organization", ''),"name") WHERE "api_tokens"."revoked_at" is null;