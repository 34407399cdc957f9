import { handleExport } from '#server/administration/routes';

export const GET = handleExport;
export const HEAD = handleExport;
