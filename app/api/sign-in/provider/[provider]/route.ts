import { goToProvider } from '#server/sign-in/routes';

export const GET = goToProvider;
