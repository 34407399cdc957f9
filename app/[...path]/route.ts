import { serve } from '#server/dialects/kit/serve';

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve();
