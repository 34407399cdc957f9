import type { Mount } from '#server/platform/mount';
import { handleIngest } from '#server/uploads/ingest';
import { handleUploadThing } from '#server/uploads/presign';
import { INGEST_PATH } from '#server/uploads/signed-urls';

/** The two addresses that the web app uploads through. */
export const uploadMounts: readonly Mount[] = [
  { prefix: '/api/uploadthing', methods: ['POST'], handle: handleUploadThing },
  { prefix: INGEST_PATH, methods: ['HEAD', 'PUT'], handle: handleIngest },
];
