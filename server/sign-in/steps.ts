// What the forms of the login pages do, one by one. Each works without JavaScript: it is posted, and answered with
// the page to go on at.
import { z } from 'zod';
import { confirmEmail } from '#server/domain/accounts/own-email';
import { refuseUnless } from '#server/domain/kernel/refusal';
import type { Device, OpenedSession } from '#server/domain/sessions/session';
import { devSignIn } from '#server/domain/sign-in/dev-sign-in';
import { requestMagicLink, verifyMagicLink } from '#server/domain/sign-in/magic-link';
import { requestPasswordReset, setupPassword } from '#server/domain/sign-in/password-reset';

/** A page, with what it has to know in its query. */
export type Place = { path: string; query?: Record<string, string | undefined> };

/** Where to go on; with a session where the step signs in. */
export type StepDone = Place & { session?: OpenedSession };

export type Form = z.output<typeof FormFields>;

/** Every field of every form; one that is absent is empty. */
export const FormFields = z.object({
  email: z.string().default(''),
  token: z.string().default(''),
  password: z.string().default(''),
  confirm_password: z.string().default(''),
  next: z.string().default(''),
});

export type Step = {
  /** where its form is: shown again with an error if the step is refused */
  page: (form: Form) => Place;
  act: (form: Form, device: Device) => Promise<StepDone> | StepDone;
};

const next = (form: Form) => form.next || undefined;
const login = (form: Form): Place => ({ path: '/login', query: { email: form.email, next: next(form) } });
const mailedLink = (path: string) => (form: Form) => ({
  path,
  query: { token: form.token, email: form.email },
});

const steps: Record<string, Step> = {
  'send-link': {
    page: login,
    act(form, device) {
      requestMagicLink(form, device);
      return { path: '/login', query: { sent: 'link', next: next(form) } };
    },
  },
  'open-link': {
    page: mailedLink('/login/link'),
    async act(form, device) {
      return { path: '/', session: (await verifyMagicLink(form, device)).session };
    },
  },
  dev: {
    page: login,
    async act(form, device) {
      return { path: form.next || '/', session: (await devSignIn(form, device)).session };
    },
  },
  'send-password-link': {
    page: ({ email }) => ({ path: '/login/forgotten', query: { email } }),
    act(form, device) {
      requestPasswordReset(form, device);
      return { path: '/login/forgotten', query: { sent: 'link' } };
    },
  },
  'set-password': {
    page: mailedLink('/login/password'),
    async act(form, device) {
      refuseUnless(form.password === form.confirm_password, 'invalid', 'confirmation_differs');
      return { path: '/', session: (await setupPassword(form, device)).session };
    },
  },
  'confirm-email': {
    page: mailedLink('/login/email'),
    async act(form) {
      const { email } = await confirmEmail(form);
      return { path: '/login/email', query: { done: 'yes', email } };
    },
  },
};

/** By the last part of their path, `/api/sign-in/<name>`. A map, so that no name that objects have of their own is one. */
export const STEPS: ReadonlyMap<string, Step> = new Map(Object.entries(steps));
