import { recordUpload } from '#server/domain/files/store-upload';
import { refuseUnlessRoomFor } from '#server/domain/files/upload-room';
import type { Actor } from '#server/domain/kernel/actor';
import { refuseUnless } from '#server/domain/kernel/refusal';
import { newStoredName } from '#server/platform/storage/stored-name';

/** in one request */
export const MAX_FILES = 20;

/** What a file router keeps of a failure that UploadThing itself would swallow. */
export type Outcome = { failure?: unknown };

/**
 * UploadThing's file router for one request; `actor` is who asks for places to upload to, null for the callback that
 * follows an upload (its metadata says whose it was). The library is loaded with the first upload: it is large.
 */
export async function fileRouterFor(actor: Actor | null, outcome: Outcome) {
  const { createUploadthing, UTFiles, UploadThingError } = await import('uploadthing/server');
  const route = createUploadthing();
  return {
    /** Something to send with a message: answers its `FileView`. */
    attachment: route({
      // The real limit is the settings', which `refuseUnlessRoomFor` knows; this one only has to be there.
      blob: { maxFileSize: '1024GB', maxFileCount: MAX_FILES },
    })
      .middleware(async ({ files }) => {
        try {
          refuseUnless(actor, 'unauthenticated', 'signed_out');
          await refuseUnlessRoomFor(
            actor,
            files.map((file) => file.size),
          );
        } catch (error) {
          outcome.failure = error;
          throw new UploadThingError('refused');
        }
        return {
          accountId: actor.accountId,
          // The custom id is our name for the file, here and in UploadThing's cloud.
          [UTFiles]: files.map((file) => ({ ...file, customId: newStoredName(file.name) })),
        };
      })
      .onUploadComplete(async ({ metadata: { accountId }, file }) => {
        try {
          refuseUnless(file.customId, 'invalid', 'no_name');
          const upload = { name: file.customId, originalName: file.name, size: file.size };
          return await recordUpload({ accountId }, upload);
        } catch (error) {
          outcome.failure = error;
          throw error;
        }
      }),
  };
}

/** For the browser's typed client. */
export type FileRouter = Awaited<ReturnType<typeof fileRouterFor>>;
