import type { User } from '@/api/types';

/** Whether somebody may look after the question bank. */
export function looksAfterBank(user: User | null | undefined): boolean {
  return user?.role === 'curator' || user?.role === 'admin';
}
