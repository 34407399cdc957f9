import { handlePreviewImage } from '#server/previews/routes';

export const GET = handlePreviewImage;
export const HEAD = handlePreviewImage;
