import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router';
import styles from './button.module.css';
import motion from './motion.module.css';

type Look = {
  look?: 'primary' | 'lamp' | 'plain' | 'quiet' | 'danger';
  large?: boolean;
};

function classes(look: Look['look'] = 'plain', large = false, className = '') {
  return `${styles.button} ${styles[look]} ${large ? styles.large : ''} ${className}`;
}

type ButtonProps = Look & ComponentProps<'button'> & { busy?: boolean };

/** A button; while `busy` it keeps its words and its place, and does not fire. */
export function Button({ look, large, busy = false, className, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classes(look, large, className)}
    >
      {busy && <LoaderCircle aria-hidden size={18} className={motion.spin} />}
      {children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere. */
export function ButtonLink({
  look,
  large,
  className = '',
  ...rest
}: Look & LinkProps & { className?: string }) {
  return <Link {...rest} className={classes(look, large, className)} />;
}
