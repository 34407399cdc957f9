import { handleIngest } from '#server/uploads/ingest';

export const HEAD = handleIngest;
export const PUT = handleIngest;
