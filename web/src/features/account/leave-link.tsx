import type { MouseEvent, ReactNode } from 'react';
import { request } from '@/api/client';
import type { User } from '@/api/types';
import { leaveUrl } from '@/api/ways-in';
import buttons from '@/components/button.module.css';

type Props = { provider: string; next?: string; link?: boolean; texts?: string; children: ReactNode };

/** A link to a provider. What a guest did comes along, so the sign-in is renewed before they leave. */
export function LeaveLink({ provider, children, ...leaving }: Props) {
  const href = leaveUrl(provider, leaving);
  const leave = async (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    await request<User>('/api/users/me').catch(() => undefined);
    window.location.assign(href);
  };
  return (
    <a href={href} onClick={(event) => void leave(event)} className={`${buttons.button} ${buttons.plain}`}>
      {children}
    </a>
  );
}
