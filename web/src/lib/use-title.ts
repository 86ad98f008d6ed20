import { useEffect } from 'react';

/** Names the page in the tab and to screen readers. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title === '' ? 'Greenroom' : `${title} · Greenroom`;
  }, [title]);
}
