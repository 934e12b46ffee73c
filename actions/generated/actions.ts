/* Generated from actions/resources and actions/schemas by `npm run generate`. Do not edit. */
import type {
  Action,
  ActionCreate,
  ActionUpdate,
  ActionUpsert,
  ActionsDeleteInput,
  ActionsGetInput,
  ActionsListInput,
  Agent,
  AgentCreate,
  AgentRow,
  AgentUpdate,
  AgentUpsert,
  AgentsGetInput,
  AgentsListInput,
  Appointment,
  AppointmentCreate,
  AppointmentRow,
  AppointmentUpdate,
  AppointmentUpsert,
  AppointmentsDeleteInput,
  AppointmentsListInput,
  Asset,
  AssetCreate,
  AssetRow,
  AssetUpdate,
  AssetUpsert,
  AssetsGetInput,
  AssetsListInput,
  Attachment,
  AttachmentCreate,
  AttachmentRow,
  AttachmentUpdate,
  AttachmentUpsert,
  AttachmentsGetInput,
  AttachmentsListInput,
  Client,
  ClientCreate,
  ClientRow,
  ClientUpdate,
  ClientUpsert,
  ClientsGetInput,
  ClientsListInput,
  Contract,
  ContractCreate,
  ContractRow,
  ContractUpdate,
  ContractUpsert,
  ContractsGetInput,
  ContractsListInput,
  Download,
  HaloReply,
  HaloRequestInput,
  Invoice,
  InvoiceCreate,
  InvoiceUpdate,
  InvoiceUpsert,
  InvoicesDeleteInput,
  InvoicesListInput,
  Item,
  ItemCreate,
  ItemUpdate,
  ItemUpsert,
  ItemsGetInput,
  ItemsListInput,
  KnowledgeBaseArticle,
  KnowledgeBaseArticleCreate,
  KnowledgeBaseArticleRow,
  KnowledgeBaseArticleUpdate,
  KnowledgeBaseArticleUpsert,
  KnowledgeBaseArticlesGetInput,
  KnowledgeBaseArticlesListInput,
  NoInput,
  Organisation,
  OrganisationCreate,
  OrganisationUpdate,
  OrganisationUpsert,
  Quote,
  QuoteCreate,
  QuoteUpdate,
  QuoteUpsert,
  QuotesGetInput,
  QuotesListInput,
  RecordGetInput,
  RecordId,
  Report,
  ReportCreate,
  ReportPreview,
  ReportRow,
  ReportUpdate,
  ReportUpsert,
  ReportsGetInput,
  ReportsListInput,
  ReportsPreviewInput,
  Site,
  SiteCreate,
  SiteRow,
  SiteUpdate,
  SiteUpsert,
  SitesGetInput,
  SitesListInput,
  Status,
  StatusCreate,
  StatusUpdate,
  StatusUpsert,
  StatusesListInput,
  Supplier,
  SupplierCreate,
  SupplierUpdate,
  SupplierUpsert,
  SuppliersListInput,
  Team,
  TeamCreate,
  TeamRow,
  TeamUpdate,
  TeamUpsert,
  TeamsGetInput,
  TeamsListInput,
  Ticket,
  TicketCreate,
  TicketRow,
  TicketType,
  TicketTypeRow,
  TicketTypesGetInput,
  TicketTypesListInput,
  TicketUpdate,
  TicketUpsert,
  TicketsDeleteInput,
  TicketsGetInput,
  TicketsListInput,
  TopLevel,
  TopLevelRow,
  TopLevelsGetInput,
  TopLevelsListInput,
  User,
  UserCreate,
  UserRow,
  UserUpdate,
  UserUpsert,
  UsersGetInput,
  UsersListInput,
} from './records.ts';

export type * from './records.ts';

export interface Actions {
  /** List Tickets: GET /Tickets */
  'tickets.list': (input: TicketsListInput) => Promise<TicketRow[]>;
  /** Get Ticket: GET /Tickets/{id} */
  'tickets.get': (input: TicketsGetInput) => Promise<Ticket>;
  /** Add or Update Tickets: POST /Tickets */
  'tickets.upsert': (input: TicketUpsert | readonly TicketUpsert[]) => Promise<Ticket | Ticket[]>;
  /** Create Ticket: POST /Tickets */
  'tickets.create': (input: TicketCreate | readonly TicketCreate[]) => Promise<Ticket | Ticket[]>;
  /** Update Ticket: POST /Tickets */
  'tickets.update': (input: TicketUpdate | readonly TicketUpdate[]) => Promise<Ticket | Ticket[]>;
  /** Delete Ticket: DELETE /Tickets/{id} */
  'tickets.delete': (input: TicketsDeleteInput) => Promise<Ticket>;
  /** List Actions: GET /Actions */
  'actions.list': (input: ActionsListInput) => Promise<Action[]>;
  /** Get Action: GET /Actions/{id} */
  'actions.get': (input: ActionsGetInput) => Promise<Action>;
  /** Add or Update Actions: POST /Actions */
  'actions.upsert': (input: ActionUpsert | readonly ActionUpsert[]) => Promise<Action | Action[]>;
  /** Create Action: POST /Actions */
  'actions.create': (input: ActionCreate | readonly ActionCreate[]) => Promise<Action | Action[]>;
  /** Update Action: POST /Actions */
  'actions.update': (input: ActionUpdate | readonly ActionUpdate[]) => Promise<Action | Action[]>;
  /** Delete Action: DELETE /Actions/{id} */
  'actions.delete': (input: ActionsDeleteInput) => Promise<Action>;
  /** List Agents: GET /Agent */
  'agents.list': (input: AgentsListInput) => Promise<AgentRow[]>;
  /** Get Agent: GET /Agent/{id} */
  'agents.get': (input: AgentsGetInput) => Promise<Agent>;
  /** Add or Update Agents: POST /Agent */
  'agents.upsert': (input: AgentUpsert | readonly AgentUpsert[]) => Promise<Agent | Agent[]>;
  /** Create Agent: POST /Agent */
  'agents.create': (input: AgentCreate | readonly AgentCreate[]) => Promise<Agent | Agent[]>;
  /** Update Agent: POST /Agent */
  'agents.update': (input: AgentUpdate | readonly AgentUpdate[]) => Promise<Agent | Agent[]>;
  /** Delete Agent: DELETE /Agent/{id} */
  'agents.delete': (input: RecordId) => Promise<Agent>;
  /** List Appointments: GET /Appointment */
  'appointments.list': (input: AppointmentsListInput) => Promise<AppointmentRow[]>;
  /** Get Appointment: GET /Appointment/{id} */
  'appointments.get': (input: RecordGetInput) => Promise<Appointment>;
  /** Add or Update Appointments: POST /Appointment */
  'appointments.upsert': (input: AppointmentUpsert | readonly AppointmentUpsert[]) => Promise<Appointment | Appointment[]>;
  /** Create Appointment: POST /Appointment */
  'appointments.create': (input: AppointmentCreate | readonly AppointmentCreate[]) => Promise<Appointment | Appointment[]>;
  /** Update Appointment: POST /Appointment */
  'appointments.update': (input: AppointmentUpdate | readonly AppointmentUpdate[]) => Promise<Appointment | Appointment[]>;
  /** Delete Appointment: DELETE /Appointment/{id} */
  'appointments.delete': (input: AppointmentsDeleteInput) => Promise<Appointment>;
  /** List Assets: GET /Asset */
  'assets.list': (input: AssetsListInput) => Promise<AssetRow[]>;
  /** Get Asset: GET /Asset/{id} */
  'assets.get': (input: AssetsGetInput) => Promise<Asset>;
  /** Add or Update Assets: POST /Asset */
  'assets.upsert': (input: AssetUpsert | readonly AssetUpsert[]) => Promise<Asset | Asset[]>;
  /** Create Asset: POST /Asset */
  'assets.create': (input: AssetCreate | readonly AssetCreate[]) => Promise<Asset | Asset[]>;
  /** Update Asset: POST /Asset */
  'assets.update': (input: AssetUpdate | readonly AssetUpdate[]) => Promise<Asset | Asset[]>;
  /** Delete Asset: DELETE /Asset/{id} */
  'assets.delete': (input: RecordId) => Promise<Asset>;
  /** List Attachments: GET /Attachment */
  'attachments.list': (input: AttachmentsListInput) => Promise<AttachmentRow[]>;
  /** Get Attachment: GET /Attachment/{id} */
  'attachments.get': (input: AttachmentsGetInput) => Promise<Download>;
  /** Add or Update Attachments: POST /Attachment */
  'attachments.upsert': (input: AttachmentUpsert | readonly AttachmentUpsert[]) => Promise<Attachment | Attachment[]>;
  /** Create Attachment: POST /Attachment */
  'attachments.create': (input: AttachmentCreate | readonly AttachmentCreate[]) => Promise<Attachment | Attachment[]>;
  /** Update Attachment: POST /Attachment */
  'attachments.update': (input: AttachmentUpdate | readonly AttachmentUpdate[]) => Promise<Attachment | Attachment[]>;
  /** Delete Attachment: DELETE /Attachment/{id} */
  'attachments.delete': (input: RecordId) => Promise<Attachment>;
  /** List Clients: GET /Client */
  'clients.list': (input: ClientsListInput) => Promise<ClientRow[]>;
  /** Get Client: GET /Client/{id} */
  'clients.get': (input: ClientsGetInput) => Promise<Client>;
  /** Add or Update Clients: POST /Client */
  'clients.upsert': (input: ClientUpsert | readonly ClientUpsert[]) => Promise<Client | Client[]>;
  /** Create Client: POST /Client */
  'clients.create': (input: ClientCreate | readonly ClientCreate[]) => Promise<Client | Client[]>;
  /** Update Client: POST /Client */
  'clients.update': (input: ClientUpdate | readonly ClientUpdate[]) => Promise<Client | Client[]>;
  /** Delete Client: DELETE /Client/{id} */
  'clients.delete': (input: RecordId) => Promise<Client>;
  /** List Contracts: GET /ClientContract */
  'contracts.list': (input: ContractsListInput) => Promise<ContractRow[]>;
  /** Get Contract: GET /ClientContract/{id} */
  'contracts.get': (input: ContractsGetInput) => Promise<Contract>;
  /** Add or Update Contracts: POST /ClientContract */
  'contracts.upsert': (input: ContractUpsert | readonly ContractUpsert[]) => Promise<Contract | Contract[]>;
  /** Create Contract: POST /ClientContract */
  'contracts.create': (input: ContractCreate | readonly ContractCreate[]) => Promise<Contract | Contract[]>;
  /** Update Contract: POST /ClientContract */
  'contracts.update': (input: ContractUpdate | readonly ContractUpdate[]) => Promise<Contract | Contract[]>;
  /** Delete Contract: DELETE /ClientContract/{id} */
  'contracts.delete': (input: RecordId) => Promise<Contract>;
  /** Halo PSA API Request: * * */
  'halo.request': (input: HaloRequestInput) => Promise<HaloReply>;
  /** List Invoices: GET /Invoice */
  'invoices.list': (input: InvoicesListInput) => Promise<Invoice[]>;
  /** Get Invoice: GET /Invoice/{id} */
  'invoices.get': (input: RecordGetInput) => Promise<Invoice>;
  /** Add or Update Invoices: POST /Invoice */
  'invoices.upsert': (input: InvoiceUpsert | readonly InvoiceUpsert[]) => Promise<Invoice | Invoice[]>;
  /** Create Invoice: POST /Invoice */
  'invoices.create': (input: InvoiceCreate | readonly InvoiceCreate[]) => Promise<Invoice | Invoice[]>;
  /** Update Invoice: POST /Invoice */
  'invoices.update': (input: InvoiceUpdate | readonly InvoiceUpdate[]) => Promise<Invoice | Invoice[]>;
  /** Delete Invoice: DELETE /Invoice/{id} */
  'invoices.delete': (input: InvoicesDeleteInput) => Promise<Invoice>;
  /** List Items: GET /Item */
  'items.list': (input: ItemsListInput) => Promise<Item[]>;
  /** Get Item: GET /Item/{id} */
  'items.get': (input: ItemsGetInput) => Promise<Item>;
  /** Add or Update Items: POST /Item */
  'items.upsert': (input: ItemUpsert | readonly ItemUpsert[]) => Promise<Item | Item[]>;
  /** Create Item: POST /Item */
  'items.create': (input: ItemCreate | readonly ItemCreate[]) => Promise<Item | Item[]>;
  /** Update Item: POST /Item */
  'items.update': (input: ItemUpdate | readonly ItemUpdate[]) => Promise<Item | Item[]>;
  /** Delete Item: DELETE /Item/{id} */
  'items.delete': (input: RecordId) => Promise<Item>;
  /** List Knowledge Base Articles: GET /KBArticle */
  'knowledgeBaseArticles.list': (input: KnowledgeBaseArticlesListInput) => Promise<KnowledgeBaseArticleRow[]>;
  /** Get Knowledge Base Article: GET /KBArticle/{id} */
  'knowledgeBaseArticles.get': (input: KnowledgeBaseArticlesGetInput) => Promise<KnowledgeBaseArticle>;
  /** Add or Update Knowledge Base Articles: POST /KBArticle */
  'knowledgeBaseArticles.upsert': (input: KnowledgeBaseArticleUpsert | readonly KnowledgeBaseArticleUpsert[]) => Promise<KnowledgeBaseArticle | KnowledgeBaseArticle[]>;
  /** Create Knowledge Base Article: POST /KBArticle */
  'knowledgeBaseArticles.create': (input: KnowledgeBaseArticleCreate | readonly KnowledgeBaseArticleCreate[]) => Promise<KnowledgeBaseArticle | KnowledgeBaseArticle[]>;
  /** Update Knowledge Base Article: POST /KBArticle */
  'knowledgeBaseArticles.update': (input: KnowledgeBaseArticleUpdate | readonly KnowledgeBaseArticleUpdate[]) => Promise<KnowledgeBaseArticle | KnowledgeBaseArticle[]>;
  /** List Opportunities: GET /Opportunities */
  'opportunities.list': (input: TicketsListInput) => Promise<TicketRow[]>;
  /** Get Opportunity: GET /Opportunities/{id} */
  'opportunities.get': (input: TicketsGetInput) => Promise<Ticket>;
  /** Add or Update Opportunities: POST /Opportunities */
  'opportunities.upsert': (input: TicketUpsert | readonly TicketUpsert[]) => Promise<Ticket | Ticket[]>;
  /** Create Opportunity: POST /Opportunities */
  'opportunities.create': (input: TicketCreate | readonly TicketCreate[]) => Promise<Ticket | Ticket[]>;
  /** Update Opportunity: POST /Opportunities */
  'opportunities.update': (input: TicketUpdate | readonly TicketUpdate[]) => Promise<Ticket | Ticket[]>;
  /** List Organisations: GET /Organisation */
  'organisations.list': (input: NoInput) => Promise<Organisation[]>;
  /** Get Organisation: GET /Organisation/{id} */
  'organisations.get': (input: RecordGetInput) => Promise<Organisation>;
  /** Add or Update Organisations: POST /Organisation */
  'organisations.upsert': (input: OrganisationUpsert | readonly OrganisationUpsert[]) => Promise<Organisation | Organisation[]>;
  /** Create Organisation: POST /Organisation */
  'organisations.create': (input: OrganisationCreate | readonly OrganisationCreate[]) => Promise<Organisation | Organisation[]>;
  /** Update Organisation: POST /Organisation */
  'organisations.update': (input: OrganisationUpdate | readonly OrganisationUpdate[]) => Promise<Organisation | Organisation[]>;
  /** List Projects: GET /Projects */
  'projects.list': (input: TicketsListInput) => Promise<TicketRow[]>;
  /** Get Project: GET /Projects/{id} */
  'projects.get': (input: TicketsGetInput) => Promise<Ticket>;
  /** Add or Update Projects: POST /Projects */
  'projects.upsert': (input: TicketUpsert | readonly TicketUpsert[]) => Promise<Ticket | Ticket[]>;
  /** Create Project: POST /Projects */
  'projects.create': (input: TicketCreate | readonly TicketCreate[]) => Promise<Ticket | Ticket[]>;
  /** Update Project: POST /Projects */
  'projects.update': (input: TicketUpdate | readonly TicketUpdate[]) => Promise<Ticket | Ticket[]>;
  /** List Quotes: GET /Quotation */
  'quotes.list': (input: QuotesListInput) => Promise<Quote[]>;
  /** Get Quote: GET /Quotation/{id} */
  'quotes.get': (input: QuotesGetInput) => Promise<Quote>;
  /** Add or Update Quotes: POST /Quotation */
  'quotes.upsert': (input: QuoteUpsert | readonly QuoteUpsert[]) => Promise<Quote | Quote[]>;
  /** Create Quote: POST /Quotation */
  'quotes.create': (input: QuoteCreate | readonly QuoteCreate[]) => Promise<Quote | Quote[]>;
  /** Update Quote: POST /Quotation */
  'quotes.update': (input: QuoteUpdate | readonly QuoteUpdate[]) => Promise<Quote | Quote[]>;
  /** List Reports: GET /Report */
  'reports.list': (input: ReportsListInput) => Promise<ReportRow[]>;
  /** Get Report: GET /Report/{id} */
  'reports.get': (input: ReportsGetInput) => Promise<Report>;
  /** Add or Update Reports: POST /Report */
  'reports.upsert': (input: ReportUpsert | readonly ReportUpsert[]) => Promise<Report | Report[]>;
  /** Create Report: POST /Report */
  'reports.create': (input: ReportCreate | readonly ReportCreate[]) => Promise<Report | Report[]>;
  /** Update Report: POST /Report */
  'reports.update': (input: ReportUpdate | readonly ReportUpdate[]) => Promise<Report | Report[]>;
  /** Preview Report: POST /Report */
  'reports.preview': (input: ReportsPreviewInput) => Promise<ReportPreview>;
  /** List Sites: GET /Site */
  'sites.list': (input: SitesListInput) => Promise<SiteRow[]>;
  /** Get Site: GET /Site/{id} */
  'sites.get': (input: SitesGetInput) => Promise<Site>;
  /** Add or Update Sites: POST /Site */
  'sites.upsert': (input: SiteUpsert | readonly SiteUpsert[]) => Promise<Site | Site[]>;
  /** Create Site: POST /Site */
  'sites.create': (input: SiteCreate | readonly SiteCreate[]) => Promise<Site | Site[]>;
  /** Update Site: POST /Site */
  'sites.update': (input: SiteUpdate | readonly SiteUpdate[]) => Promise<Site | Site[]>;
  /** List Statuses: GET /Status */
  'statuses.list': (input: StatusesListInput) => Promise<Status[]>;
  /** Get Status: GET /Status/{id} */
  'statuses.get': (input: RecordGetInput) => Promise<Status>;
  /** Add or Update Statuses: POST /Status */
  'statuses.upsert': (input: StatusUpsert | readonly StatusUpsert[]) => Promise<Status | Status[]>;
  /** Create Status: POST /Status */
  'statuses.create': (input: StatusCreate | readonly StatusCreate[]) => Promise<Status | Status[]>;
  /** Update Status: POST /Status */
  'statuses.update': (input: StatusUpdate | readonly StatusUpdate[]) => Promise<Status | Status[]>;
  /** List Suppliers: GET /Supplier */
  'suppliers.list': (input: SuppliersListInput) => Promise<Supplier[]>;
  /** Get Supplier: GET /Supplier/{id} */
  'suppliers.get': (input: RecordGetInput) => Promise<Supplier>;
  /** Add or Update Suppliers: POST /Supplier */
  'suppliers.upsert': (input: SupplierUpsert | readonly SupplierUpsert[]) => Promise<Supplier | Supplier[]>;
  /** Create Supplier: POST /Supplier */
  'suppliers.create': (input: SupplierCreate | readonly SupplierCreate[]) => Promise<Supplier | Supplier[]>;
  /** Update Supplier: POST /Supplier */
  'suppliers.update': (input: SupplierUpdate | readonly SupplierUpdate[]) => Promise<Supplier | Supplier[]>;
  /** List Teams: GET /Team */
  'teams.list': (input: TeamsListInput) => Promise<TeamRow[]>;
  /** Get Team: GET /Team/{id} */
  'teams.get': (input: TeamsGetInput) => Promise<Team>;
  /** Add or Update Teams: POST /Team */
  'teams.upsert': (input: TeamUpsert | readonly TeamUpsert[]) => Promise<Team | Team[]>;
  /** Create Team: POST /Team */
  'teams.create': (input: TeamCreate | readonly TeamCreate[]) => Promise<Team | Team[]>;
  /** Update Team: POST /Team */
  'teams.update': (input: TeamUpdate | readonly TeamUpdate[]) => Promise<Team | Team[]>;
  /** List Ticket Types: GET /TicketType */
  'ticketTypes.list': (input: TicketTypesListInput) => Promise<TicketTypeRow[]>;
  /** Get Ticket Type: GET /TicketType/{id} */
  'ticketTypes.get': (input: TicketTypesGetInput) => Promise<TicketType>;
  /** List Top Levels: GET /TopLevel */
  'topLevels.list': (input: TopLevelsListInput) => Promise<TopLevelRow[]>;
  /** Get Top Level: GET /TopLevel/{id} */
  'topLevels.get': (input: TopLevelsGetInput) => Promise<TopLevel>;
  /** List Users: GET /Users */
  'users.list': (input: UsersListInput) => Promise<UserRow[]>;
  /** Get User: GET /Users/{id} */
  'users.get': (input: UsersGetInput) => Promise<User>;
  /** Add or Update Users: POST /Users */
  'users.upsert': (input: UserUpsert | readonly UserUpsert[]) => Promise<User | User[]>;
  /** Create User: POST /Users */
  'users.create': (input: UserCreate | readonly UserCreate[]) => Promise<User | User[]>;
  /** Update User: POST /Users */
  'users.update': (input: UserUpdate | readonly UserUpdate[]) => Promise<User | User[]>;
}
