/** Articles of the knowledge base. */
import { defineResource } from '../define.ts';

export const knowledgeBaseArticles = defineResource('knowledgeBaseArticles', {
  list: {
    title: 'List Knowledge Base Articles',
    description:
      'The Rewst page calls the reply an array; Halo answers a counted list, and it is paged like the others.',
    get: '/KBArticle',
    items: 'articles',
    paged: true,
    input: 'KnowledgeBaseArticlesListInput',
    output: 'KnowledgeBaseArticleRow',
  },
  get: {
    title: 'Get Knowledge Base Article',
    get: '/KBArticle/{id}',
    input: 'KnowledgeBaseArticlesGetInput',
    output: 'KnowledgeBaseArticle',
  },
  upsert: {
    title: 'Add or Update Knowledge Base Articles',
    one: 'Knowledge Base Article',
    post: '/KBArticle',
    input: 'KnowledgeBaseArticle',
    output: 'KnowledgeBaseArticle',
    createNeeds: ['name'],
    reconcile: {
      list: 'knowledgeBaseArticles.list',
      get: 'knowledgeBaseArticles.get',
      query: { includeinactive: true },
      date: ['date_created'],
      changed: 'date_edited',
      names: ['name'],
    },
  },
});
