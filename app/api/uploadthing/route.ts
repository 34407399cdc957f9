import { handleUploadThing } from '#server/uploads/presign';

export const POST = (request: Request) => handleUploadThing(request);
