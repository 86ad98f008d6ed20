import { createBrowserRouter } from 'react-router';
import { LandingPage } from '@/features/landing/landing-page';
import { ErrorPage } from './error-page';
import { Layout } from './layout';
import { NotFoundPage } from './not-found-page';

export const router = createBrowserRouter([
  {
    element: <Layout />,
    errorElement: <ErrorPage />,
    children: [
      {
        errorElement: <ErrorPage />,
        children: [
          { index: true, element: <LandingPage /> },
          {
            path: 'prepare',
            lazy: async () => ({ Component: (await import('@/features/prepare/prepare-page')).PreparePage }),
          },
          {
            path: 'interview/:id',
            lazy: async () => ({
              Component: (await import('@/features/interview/interview-page')).InterviewPage,
            }),
          },
          {
            path: 'report/:id',
            lazy: async () => ({ Component: (await import('@/features/report/report-page')).ReportPage }),
          },
          {
            path: 'history',
            lazy: async () => ({ Component: (await import('@/features/history/history-page')).HistoryPage }),
          },
          {
            path: 'bank',
            lazy: async () => ({ Component: (await import('@/features/bank/bank-page')).BankPage }),
          },
          {
            path: 'bank/new',
            lazy: async () => ({
              Component: (await import('@/features/bank/new-question-page')).NewQuestionPage,
            }),
          },
          {
            path: 'bank/:id',
            lazy: async () => ({ Component: (await import('@/features/bank/question-page')).QuestionPage }),
          },
          {
            path: 'account',
            lazy: async () => ({ Component: (await import('@/features/account/account-page')).AccountPage }),
          },
          {
            path: 'settings',
            lazy: async () => ({
              Component: (await import('@/features/settings/settings-page')).SettingsPage,
            }),
          },
          {
            path: 'operations',
            lazy: async () => ({
              Component: (await import('@/features/operations/operations-page')).OperationsPage,
            }),
          },
          {
            path: 'operations/audit',
            lazy: async () => ({ Component: (await import('@/features/operations/audit-page')).AuditPage }),
          },
          {
            path: 'operations/retention',
            lazy: async () => ({
              Component: (await import('@/features/operations/retention-page')).RetentionPage,
            }),
          },
          {
            path: 'people',
            lazy: async () => ({ Component: (await import('@/features/people/people-page')).PeoplePage }),
          },
          {
            path: 'login',
            lazy: async () => ({ Component: (await import('@/features/account/login-page')).LoginPage }),
          },
          {
            path: 'privacy',
            lazy: async () => ({ Component: (await import('@/features/privacy/privacy-page')).PrivacyPage }),
          },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
