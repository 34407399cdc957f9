import { handleIngest } from '#server/uploads/ingest';

const handle = (request: Request) => handleIngest(request);

export { handle as HEAD, handle as PUT };
