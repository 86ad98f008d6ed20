import type { InputHTMLAttributes, ReactNode } from 'react';
import styles from './agree.module.css';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'className' | 'children'> & {
  children: ReactNode;
};

/** A tick that agrees to what stands beside it. */
export function Agree({ children, ...input }: Props) {
  return (
    <label className={styles.agree}>
      <input type="checkbox" {...input} />
      <span>{children}</span>
    </label>
  );
}
