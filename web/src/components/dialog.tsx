import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button';
import styles from './dialog.module.css';

type DialogProps = {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
};

/** The browser's own modal: it keeps focus inside, closes on Escape and gives focus back. */
export function Dialog({ title, open, onClose, children, actions }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      {open && (
        <div className={styles.inner}>
          <h2 id={id}>{title}</h2>
          {children}
          <div className={styles.actions}>{actions}</div>
        </div>
      )}
    </dialog>
  );
}

type ConfirmProps = {
  title: string;
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  confirm: string;
  cancel?: string;
  busy?: boolean;
  /** False while something is still missing, such as a typed word. */
  ready?: boolean;
  children: ReactNode;
};

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ confirm, cancel = 'Cancel', busy, ready = true, ...rest }: ConfirmProps) {
  const { onClose, onConfirm, children, title, open } = rest;
  const actions = (
    <>
      <Button onClick={onClose}>{cancel}</Button>
      <Button look="danger" busy={busy ?? false} disabled={!ready} onClick={onConfirm}>
        {confirm}
      </Button>
    </>
  );
  return (
    <Dialog title={title} open={open} onClose={onClose} actions={actions}>
      {children}
    </Dialog>
  );
}
