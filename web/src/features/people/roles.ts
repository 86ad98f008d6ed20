import type { Role } from '@/api/people';

/** Roles with their names and what they may do. */
export const ROLES: [Role, string, string][] = [
  ['job_seeker', 'Job seeker', 'practises interviews'],
  ['recruiter', 'Recruiter', 'practises interviews; hiring comes later'],
  ['curator', 'Curator', 'also looks after the question bank'],
  ['admin', 'Administrator', 'may do everything here: accounts, models, the question bank'],
];

export const nameOf = (role: Role) => ROLES.find(([key]) => key === role)?.[1] ?? role;
export const mayDo = (role: Role) => ROLES.find(([key]) => key === role)?.[2] ?? '';
