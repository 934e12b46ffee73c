/** How long runs are kept where no organization says anything, and those of organizations that are no more: days. */
export const DEFAULT_RETENTION_DAYS = 30;
