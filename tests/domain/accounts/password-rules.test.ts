import { describe, expect, it } from 'vitest';
import { passwordProblem, passwordRules } from '#server/domain/accounts/password-rules';

describe('a new password', () => {
  it.each([
    'ABCDEF1!',
    `A1!${'x'.repeat(1021)}`,
    'Ünïcödé-1A',
    'A1\\ABCDE',
    `A1"BCDEF`,
    `A1'BCDEF`,
    'A1]BCDEF',
  ])('may be %j', (password) => {
    expect(passwordProblem(password)).toBeNull();
  });

  it.each([
    ['Abcde1!', 'password_too_short'],
    [`A1!${'x'.repeat(1022)}`, 'password_too_long'],
    ['ABCDEFG!', 'password_no_digit'],
    ['abcdef1!', 'password_no_upper_case'],
    ['ÀBCDEF1!'.toLowerCase(), 'password_no_upper_case'],
    ['ABCDEFG1', 'password_no_special'],
    ['ABCDEF1§', 'password_no_special'],
    ['ABCDEF1 ', 'password_no_special'],
  ])('is not %j: %s', (password, problem) => {
    expect(passwordProblem(password)).toBe(problem);
  });

  it('accepts every documented special character', () => {
    for (const special of '!@#$%^&*()_+-=[]{};\':"\\|,.<>/?`~') {
      expect(passwordProblem(`ABCDEF1${special}`), special).toBeNull();
    }
  });

  it('is measured in characters, not in the halves that emoji are made of', () => {
    expect(passwordProblem('😀😀😀A1!')).toBe('password_too_short');
    expect(passwordProblem(`A1!${'😀'.repeat(1021)}`)).toBeNull();
  });

  it('is checked in the documented order', () => {
    expect(passwordRules.map((rule) => rule.id)).toEqual([
      'password_too_short',
      'password_too_long',
      'password_no_digit',
      'password_no_upper_case',
      'password_no_special',
    ]);
  });
});
