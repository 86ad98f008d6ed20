import type { Plugin } from 'vite';

export function mirrorFiles(): Plugin;
