import { handleUploadThing } from '#server/uploads/presign';

export const POST = handleUploadThing;
