import { Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { keepStored } from '@/lib/storage';
import { Button } from './button';

function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Light or dark; the choice is remembered on this device. */
export function ThemeToggle({ className = '' }: { className?: string | undefined }) {
  const [dark, setDark] = useState(isDark);
  const toggle = () => {
    const theme = dark ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    keepStored('localStorage', 'greenroom.theme', theme);
    setDark(!dark);
  };
  const Icon = dark ? Sun : Moon;
  return (
    <Button
      look="quiet"
      className={className}
      onClick={toggle}
      aria-label={dark ? 'Light theme' : 'Dark theme'}
    >
      <Icon aria-hidden size={19} />
    </Button>
  );
}
