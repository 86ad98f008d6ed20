import { useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useAbout } from '@/api/about';
import { useMe } from '@/api/account';
import { ThemeToggle } from '@/components/theme-toggle';
import { FallenNotice } from '@/features/account/fallen-notice';
import { SignedOutNotice } from '@/features/account/signed-out-notice';
import { whereWordsGo } from '@/lib/outside';
import { looksAfterBank } from '@/lib/roles';
import styles from './layout.module.css';

/** The frame around every page: the way home, where to go, the theme, what runs where. */
export function Layout() {
  const { data: me } = useMe();
  const { data: about } = useAbout();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const seen = useRef(pathname);
  // A new page starts at its top, for keyboards and screen readers too, unless it chose a place itself.
  useEffect(() => {
    if (seen.current === pathname) return;
    seen.current = pathname;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  const where = about && whereWordsGo(about.outside);
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.home}>
            <span className={styles.bulb} aria-hidden />
            Greenroom
          </Link>
          <nav aria-label="Main" className={styles.nav}>
            {me && <NavLink to="/history">Interviews</NavLink>}
            {looksAfterBank(me) && <NavLink to="/bank">Bank</NavLink>}
            {me?.role === 'admin' && <NavLink to="/settings">Settings</NavLink>}
            {me?.role === 'admin' && <NavLink to="/people">People</NavLink>}
            {me?.role === 'admin' && <NavLink to="/operations">Operations</NavLink>}
            {me && <NavLink to="/account">{me.is_guest ? 'Keep it' : 'Account'}</NavLink>}
            {me === null && <NavLink to="/login">Sign in</NavLink>}
            <ThemeToggle className={styles.theme} />
          </nav>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <SignedOutNotice />
        {me && <FallenNotice user={me} />}
        <Outlet />
      </main>
      <footer className={styles.footer}>
        <div className={styles.bar}>
          <p>{where}</p>
          <Link to="/privacy">What is kept, and for how long</Link>
        </div>
      </footer>
      <ScrollRestoration />
    </>
  );
}
