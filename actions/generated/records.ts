/* Generated from actions/resources and actions/schemas by `npm run generate`. Do not edit. */


/**
 * The JSON that Halo answered, or the rows of a list that was read with `paged`.
 */
export type HaloReply = unknown

export interface ActionFields {
/**
 * The action's number on its ticket (1, 2, 3, …), not unique in Halo.
 */
id?: number
/**
 * The ticket to write on.
 */
ticket_id?: (number | null)
/**
 * What kind of action it is, by name, such as `Internal Note`. Either this or `outcome_id`.
 */
outcome?: (string | null)
/**
 * What kind of action it is, by number: 7 is the built-in Internal Note. Either this or `outcome`.
 */
outcome_id?: (number | null)
/**
 * What was done or said, as plain text.
 */
note?: (string | null)
/**
 * The note as HTML.
 */
note_html?: (string | null)
/**
 * True makes the note private: agents only.
 */
hiddenfromuser?: (boolean | null)
/**
 * The name of the person who did it, as Halo shows it; `who_agentid` is the id of the agent.
 */
who?: (string | null)
/**
 * Time spent, in hours: 0.25 is a quarter of an hour.
 */
timetaken?: (number | null)
/**
 * The agent who did it. Left out, the API's own agent.
 */
who_agentid?: (number | null)
/**
 * The same as the Rewst page spells it, sent as it is. Halo's own description has who_agentid: prefer that.
 */
who_agent_id?: (number | null)
/**
 * When it was done (ISO 8601, UTC, no zone).
 */
datetime?: (string | null)
/**
 * Moves the ticket to this status.
 */
new_status?: (number | null)
/**
 * Gives the ticket to this agent.
 */
new_agent?: (number | null)
/**
 * Gives the ticket to this team, by name.
 */
new_team?: (string | null)
/**
 * Gives the ticket this priority.
 */
new_priority?: (number | null)
/**
 * Gives the ticket this first category.
 */
new_category1?: (string | null)
/**
 * Whom the e-mail goes to; with `sendemail`.
 */
emailto?: (string | null)
/**
 * Whom to copy on the e-mail.
 */
emailcc?: (string | null)
/**
 * The subject of the e-mail.
 */
emailsubject?: (string | null)
/**
 * The body of the e-mail as HTML.
 */
emailbody_html?: (string | null)
/**
 * True sends the note to the user as an e-mail.
 */
sendemail?: (boolean | null)
/**
 * True keeps Halo's ticket rules from acting on this write.
 */
dont_do_rules?: (boolean | null)
/**
 * Marks the action important.
 */
important?: (boolean | null)
/**
 * Time spent travelling, in hours.
 */
traveltime?: (number | null)
/**
 * Distance travelled.
 */
mileage?: (number | null)
/**
 * The rate that time is charged at, by number.
 */
chargerate?: (number | null)
/**
 * Whether the time is billable.
 */
actisbillable?: (boolean | null)
/**
 * The contract that the time is billed under.
 */
action_contract_id?: (number | null)
/**
 * Files. In a write `[{ filename, data_base64 }]`; in a reply without bytes.
 */
attachments?: (AttachmentFields[] | null)
/**
 * Assets to link to the ticket: `[{ id }]`.
 */
assets?: (AssetRowFields[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * True sends the user a survey.
 */
send_survey?: (boolean | null)
/**
 * True makes the API's agent follow the ticket.
 */
follow?: (boolean | null)
/**
 * True goes on although Halo would warn about the agent.
 */
_agent01_ok?: (boolean | null)
who_type?: (number | null)
who_imgpath?: (string | null)
who_initials?: (string | null)
who_colour?: (string | null)
who_onlinestatus?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_updated?: (string | null)
replied_to_ticket_id?: (number | null)
replied_to_action_id?: (number | null)
created_from_ticket_id?: (number | null)
created_from_action_id?: (number | null)
action_contract_ref?: (string | null)
project_id?: (number | null)
twitter_id_str?: (string | null)
twitter_user_name?: (string | null)
tweet_sent?: (boolean | null)
reactions?: (ActionReaction[] | null)
email_message_id?: (string | null)
ticket_guid?: (string | null)
warning_type?: (number | null)
emailbody?: (string | null)
actionuserdef?: (number | null)
userdesc?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
actiondatecreated?: (string | null)
actioninvoicenumber?: (string | null)
actioninvoicenumber_isproject?: (boolean | null)
action_invoice_line_id?: (number | null)
actiontravelinvoicenumber?: (string | null)
actionmileageinvoicenumber?: (string | null)
externalinvoicenumber?: (string | null)
actioncontractid?: (number | null)
actprocessid?: (number | null)
actiontravelamount?: (number | null)
actionmileageamount?: (number | null)
actiontravelmileageinvoicenumber?: (number | null)
actionbillingplanid?: (number | null)
actioncalendarstatus?: (number | null)
actionapptid?: (string | null)
actionsmsstatus?: (number | null)
sitevisitunits?: (number | null)
svid?: (number | null)
asset_id?: (number | null)
asset_site?: (number | null)
lwwarrantyreported?: (boolean | null)
from_mailbox_id?: (number | null)
sales_mailbox_override_id?: (number | null)
from_address_override?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
actiontravelstartdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
actiontravelenddate?: (string | null)
actionactualresponse?: (number | null)
actionslaresponsestate?: (string | null)
actisreadyforprocessing?: (boolean | null)
labourwarranty?: (boolean | null)
actreviewed?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
actprocesseddate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateinvoicedtraveltime?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateinvoicedmileage?: (string | null)
emailbccnew?: (string | null)
actionuserdefineddata?: (string | null)
emailtolistall?: (string | null)
reply_direct?: (boolean | null)
actioninformownerofaction?: (boolean | null)
agentnotificationneeded?: (number | null)
surchargeid?: (number | null)
travel_surchargeid?: (number | null)
achargetotalaction?: (boolean | null)
achargetotalprocessed?: (boolean | null)
tweetsent?: (boolean | null)
tweetfrom?: (string | null)
twitterid?: (number | null)
send_to_facebook?: (boolean | null)
replyto_facebook_id?: (string | null)
senttofb?: (boolean | null)
facebookid?: (string | null)
facebookname?: (string | null)
facebook_parent_id?: (string | null)
calloutcomenum?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
actionresponsedate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
actiontargetresponsedate?: (string | null)
pagerdutysendstatus?: (number | null)
mailentryid?: (string | null)
replytoaddress?: (string | null)
actsapuuid?: (string | null)
whowith?: (string | null)
chatid?: (number | null)
dynamicsactionid?: (string | null)
action_appointment_id?: (number | null)
action_supplier_id?: (number | null)
action_supplier_name?: (string | null)
new_tickettype?: (number | null)
new_chargerate?: (number | null)
new_contract_id?: (number | null)
new_parent_id?: (number | null)
new_category2?: (string | null)
new_category3?: (string | null)
new_category4?: (string | null)
new_estimate?: (number | null)
new_estimatedays?: (number | null)
new_impact?: (number | null)
new_urgency?: (number | null)
new_source?: (number | null)
new_matched_rule_id?: (number | null)
new_firsttimefix?: (boolean | null)
new_sla_id?: (number | null)
new_slastatus?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_fixbydate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_followupdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_deadlinedate?: (string | null)
new_deadlinenotificationhours?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_startdate?: (string | null)
new_startdate_timezone?: (string | null)
new_startdate_with_timezone?: (DateTimeZone | null)
new_project_time_budget?: (number | null)
new_starttime?: (string | null)
new_starttimeslot?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_targetdate?: (string | null)
new_targetdate_timezone?: (string | null)
new_targetdate_with_timezone?: (DateTimeZone | null)
new_targettime?: (string | null)
new_targettimeslot?: (number | null)
new_oppcontactname?: (string | null)
new_oppcompanyname?: (string | null)
new_oppemailaddress?: (string | null)
new_oppcustomertitle?: (string | null)
new_opptel?: (string | null)
new_oppcountry?: (string | null)
new_oppregion?: (string | null)
new_opptype?: (string | null)
new_opphear?: (string | null)
new_oppvalue?: (number | null)
new_oppconversionprobability?: (number | null)
new_oppprofit?: (number | null)
new_oppcurrentsystem?: (string | null)
new_oppcompetitors?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_opptrialdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_oppdemodate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_oppdiscountdate?: (string | null)
new_oppattemptsmade?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_oppconverteddate?: (string | null)
new_oppproductchosen?: (string | null)
new_oppreason?: (string | null)
new_opptimezonename?: (string | null)
new_oppclosurecategory?: (number | null)
new_oppdontaddtomailinglist?: (boolean | null)
new_approvalprocess?: (number | null)
/**
 * The agent who is to approve.
 */
new_approvalprocess_agent_id?: (number | null)
new_approvalprocess_user_id?: (number | null)
new_approvalprocess_users?: (UserRowFields[] | null)
new_approvalprocess_email?: (string | null)
new_approvalprocess_cab_id?: (number | null)
new_approvalprocess_cab?: (CabMember[] | null)
new_product_id?: (number | null)
new_component_id?: (number | null)
new_version_id?: (number | null)
new_matched_kb_id?: (number | null)
new_matched_linked_id?: (number | null)
new_linkedticket_template_id?: (number | null)
new_supplier_id?: (number | null)
new_supplier_ref?: (string | null)
new_customer_ref?: (string | null)
new_supplier_contract_id?: (number | null)
new_supplier_priority_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_supplier_response_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_supplier_fix_date?: (string | null)
new_linkedticket_status?: (number | null)
new_appointment_type?: (number | null)
emailtemplate_id?: (number | null)
create_article?: (boolean | null)
action_showpreview?: (boolean | null)
setnotetoemailbody?: (boolean | null)
action_isresponse?: (boolean | null)
validate_response?: (boolean | null)
update_children?: (boolean | null)
update_parent?: (boolean | null)
signature_customer?: (string | null)
signature_customer_name?: (string | null)
signature_agent?: (string | null)
signature_agent_name?: (string | null)
unfollow?: (boolean | null)
primaryserviceusersfollow?: (boolean | null)
appointment_id?: (number | null)
appointment_complete_status?: (number | null)
add_followup_appointment?: (boolean | null)
add_followup_task?: (boolean | null)
_appointment_force?: (boolean | null)
copy_to_id?: (number | null)
third_party_product_id?: (string | null)
third_party_version_id?: (string | null)
_forcereassign?: (boolean | null)
_appointment01_ok?: (boolean | null)
_agent02_ok?: (boolean | null)
_ticketclash01_ok?: (boolean | null)
_canupdate?: (boolean | null)
_includeticketinresponse?: (boolean | null)
jira_original_estimate?: (number | null)
jira_remaining_estimate?: (number | null)
_warning?: (string | null)
actionoohtime?: (number | null)
actionholidaytime?: (number | null)
actiontotaloohtime?: (number | null)
quotation_id?: (number | null)
salesorder_id?: (number | null)
purchaseorder_id?: (number | null)
invoice_id?: (number | null)
recalculate_billing?: (boolean | null)
_isimport?: (boolean | null)
sendactiontopagerduty?: (boolean | null)
oktoclose?: (boolean | null)
remotetechid?: (number | null)
utcoffset?: (number | null)
statisfaction_level?: (number | null)
senttoapisupplierid?: (number | null)
send_jira_attachments?: (boolean | null)
jira_reporter?: (number | null)
smsto?: (string | null)
sendsms?: (boolean | null)
_dontupdate_devops?: (boolean | null)
send_devops_note?: (boolean | null)
_isnotify?: (boolean | null)
move_to_id?: (number | null)
sendactiontosplunkoncall?: (boolean | null)
third_party_who?: (string | null)
_faultForce?: (boolean | null)
private_note?: (string | null)
isBulkEmail?: (boolean | null)
new_workflow_id?: (number | null)
_sendtweet?: (boolean | null)
replyto_tweet_id?: (number | null)
replyto_tweet_haloid?: (number | null)
changeinformationhtml?: (string | null)
justification?: (string | null)
impactlevel?: (number | null)
impactdescription?: (string | null)
risklevel?: (number | null)
riskdescription?: (string | null)
backoutplan?: (string | null)
communicationplan?: (string | null)
testplan?: (string | null)
showonroadmap?: (boolean | null)
roadmapnote?: (string | null)
releasenote?: (string | null)
releaseid?: (number | null)
releaseid2?: (number | null)
releaseid3?: (number | null)
releasenotegroupid?: (number | null)
releaseimportant?: (boolean | null)
new_jira_components?: (KeyPair2[] | null)
faultidfrom?: (number | null)
actionnumberfrom?: (number | null)
new_template_id?: (number | null)
new_primary_asset_status?: (number | null)
primary_asset_id?: (number | null)
new_rule_ids?: (string | null)
dont_update_fault?: (boolean | null)
new_article_description?: (string | null)
new_article_resolution?: (string | null)
new_article_notes?: (string | null)
new_article_type?: (number | null)
new_tags?: (Tag[] | null)
new_faqlists?: (FAQListHead[] | null)
new_related_articles?: (KnowledgeBaseArticleRowFields[] | null)
ignoredatedoneisstartdate?: (boolean | null)
sentinel_id?: (string | null)
_validate_travel?: (boolean | null)
sync_to_sentinel?: (boolean | null)
sentinel_classification?: (string | null)
sentinel_classification_reason?: (string | null)
g2aremote_id?: (string | null)
dontcreatechild?: (boolean | null)
needcreatechild?: (boolean | null)
customfieldvalidationreason?: (string | null)
servicestatusnote?: (string | null)
updateservicestatus?: (boolean | null)
new_child_cat_1?: (string | null)
new_child_cat_2?: (string | null)
new_child_cat_3?: (string | null)
new_child_cat_4?: (string | null)
usecroverride?: (boolean | null)
azure_action_complete?: (boolean | null)
_dontupdate_jira?: (boolean | null)
send_jira_note?: (boolean | null)
entity_type?: (string | null)
rmm_close?: (boolean | null)
dattormm_close?: (boolean | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
sync_to_salesforce?: (boolean | null)
isbillingaction?: (boolean | null)
ishiddenfrominternalit?: (boolean | null)
new_consignment?: (ConsignmentHeader[] | null)
faultstimeentryid?: (number | null)
billingoverriddenbytimeentry?: (number | null)
sync_to_servicenow?: (boolean | null)
new_service_id?: (number | null)
new_asset?: (AssetFields | null)
/**
 * ISO 8601, UTC, no zone.
 */
contract_date_override?: (string | null)
parentactionnumber?: (number | null)
parentactiondetails?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
parentactiondate?: (string | null)
user_creation_failed?: (boolean | null)
followers_user?: (UserRowFields[] | null)
new_items_issued?: (FaultItem[] | null)
purchaseordernumber?: (string | null)
database_lookup_result?: (PartsLookupResult | null)
new_supplier_contact_id?: (number | null)
new_pr_id?: (number | null)
new_branch_id?: (number | null)
_dontupdate_pagerduty?: (boolean | null)
pagerdutyid?: (string | null)
facebook_from_id?: (string | null)
twitter_from_id?: (string | null)
sync_to_jira?: (boolean | null)
is_jira_supplier?: (boolean | null)
senttojirasupplierid?: (number | null)
_importtype?: (string | null)
itsm_summary?: (string | null)
send_to_halo?: (boolean | null)
senttowhatsapp?: (boolean | null)
send_to_whatsapp?: (boolean | null)
_ignore_ai?: (boolean | null)
_ignore_translate?: (boolean | null)
translate_note?: (boolean | null)
new_approvalprocess_role_id?: (number | null)
new_approvalprocess_customfieldid?: (number | null)
new_thirdpartyreviewscore?: (number | null)
new_additional_agents?: (FaultAdditionalAgents[] | null)
instagramid?: (string | null)
instagramname?: (string | null)
instagram_parent_id?: (string | null)
send_to_instagram?: (boolean | null)
replyto_instagram_id?: (string | null)
senttoinsta?: (boolean | null)
instagram_from_id?: (string | null)
dont_recalculate_billing?: (boolean | null)
is_third_party_supplier?: (boolean | null)
senttoservicenowsupplierid?: (number | null)
timesheet_approval_status?: (number | null)
_changeprivate?: (boolean | null)
defprepayinvoicenumber?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
defprepaydateinvoiced?: (string | null)
defprepayamount?: (number | null)
new_colour?: (string | null)
send_to_googlebusiness?: (boolean | null)
original_agent?: (number | null)
_isreplyaction?: (boolean | null)
milestone_bill_id?: (number | null)
new_foppjobtitle?: (string | null)
bigpanda_id?: (string | null)
servicenow_type?: (number | null)
internet_message_id?: (string | null)
allow_automation_on_related?: (boolean | null)
replying_to?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
lapsafe_expiry_date?: (string | null)
lapsafe_asset?: (string | null)
lapsafe_bay?: (number | null)
lapsafe_bay_id?: (string | null)
lapsafe_installation?: (string | null)
_slackaction?: (number | null)
_isportalagentnote?: (boolean | null)
devops_pipeline_id?: (number | null)
devops_pipeline_version?: (string | null)
new_step?: (number | null)
rr_log?: (RoundRobinLog | null)
new_contributors?: (Contributors[] | null)
action_systemid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateemailed?: (string | null)
timetakendays?: (number | null)
timetakenadjusted?: (number | null)
nonbilltime?: (number | null)
actionchargehours?: (number | null)
actionnonchargeamount?: (number | null)
actionnonchargehours?: (number | null)
actionchargeamount?: (number | null)
actionprepayhours?: (number | null)
actionprepayamount?: (number | null)
travel_chargerate?: (number | null)
old_status?: (number | null)
new_status_name?: (string | null)
emailfrom?: (string | null)
emailtonew?: (string | null)
emailccnew?: (string | null)
emaildirection?: (string | null)
emailbcc?: (string | null)
emailsubjectnew?: (string | null)
senttoapiurl?: (string | null)
colour?: (string | null)
attachment_count?: (number | null)
unread?: (number | null)
actionby_application_id?: (string | null)
attachment_list?: (AttachmentView | null)
personal_unread?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
actionarrivaldate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
actioncompletiondate?: (string | null)
isjson?: (boolean | null)
facebook_id?: (string | null)
facebook_sent?: (boolean | null)
merged_from_ticketid?: (number | null)
translations?: (LanguagePackTranslationsCustom[] | null)
post_translations?: (LanguagePackTranslationsCustom[] | null)
instagram_id?: (string | null)
instagram_sent?: (boolean | null)
on_behalf_of?: (number | null)
on_behalf_of_name?: (string | null)
actionby_agent_id?: (number | null)
actionby_user_id?: (number | null)
guid?: (string | null)
action_travel_contract_id?: (number | null)
actioninternetmessageid?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
twa_delivered_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
twa_read_date?: (string | null)
travelisreadyforprocessing?: (boolean | null)
actiontravelbillingplanid?: (number | null)
new_project_money_budget?: (number | null)
new_foppvalue_monthly?: (number | null)
new_foppvalue_annual?: (number | null)
new_foppvalue_oneoff?: (number | null)
_isinboundsales?: (boolean | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextcalldate?: (string | null)
satisfaction?: (string | null)
new_CRM_note?: (AreaNote | null)
new_template?: (Template | null)
_agent03_ok?: boolean
_can_edit_billing_time?: (boolean | null)
run_ai_insights?: (boolean | null)
new_customer_signature?: (string | null)
new_agent_signature?: (string | null)
_prevent_outgoing?: (boolean | null)
new_client_id?: (number | null)
new_site_id?: (number | null)
new_user_id?: (number | null)
prepay_threshold?: (PrePayThreshold | null)
outgoingid?: (number | null)
is_halo_ack?: (boolean | null)
isundeliverable?: (boolean | null)
new_distribution_list?: (number | null)
new_bulkemail?: (BulkEmail | null)
bulkemail_users?: (number[] | null)
actiontravelchargehours?: (number | null)
action_travel_contract_ref?: (string | null)
hide_user_visibility_toggle?: (boolean | null)
/**
 * Halo answers all records of a request rather than the last. Haloflow sends one record per request, so the result is the same.
 */
returnall?: boolean
}
export interface AttachmentFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The ticket the file belongs to. For another kind of record give `type` and `unique_id`.
 */
ticket_id?: (number | null)
/**
 * The action of the ticket that the file belongs to.
 */
action_id?: (number | null)
/**
 * With `type`: the number of the record that the file belongs to, where it is not a ticket.
 */
unique_id?: (number | null)
/**
 * With `unique_id`: what kind of record the file belongs to, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * The name of the file, with its extension.
 */
filename?: (string | null)
/**
 * The file in base64 (a data URL also works): at most about 1.4 MB before base64 (a call carries 2 MB).
 */
data_base64?: (string | null)
/**
 * Free text.
 */
note?: (string | null)
/**
 * A description of the file.
 */
desc?: (string | null)
/**
 * Whether it is a picture shown in the text.
 */
isimage?: (boolean | null)
/**
 * Whether users see it in the portal.
 */
showforusers?: (boolean | null)
/**
 * The media type, such as `image/png`.
 */
content_type?: (string | null)
/**
 * Its size in bytes.
 */
filesize?: (number | null)
/**
 * The user's number: a contact at the client, not an agent.
 */
user_id?: (number | null)
/**
 * The agent's number. 1 is usually Unassigned.
 */
agent_id?: (number | null)
/**
 * The address, where the file lies elsewhere.
 */
link?: (string | null)
/**
 * The record's number in a system outside Halo.
 */
third_party_id?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_updated?: (string | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
data?: (string | null)
attachmentaction_id?: (number | null)
_canupdate?: (boolean | null)
guid?: (string | null)
image_upload_id?: (number | null)
image_upload_key?: (string | null)
file?: (string | null)
_enduserportalpdfprint?: (boolean | null)
anon_outcomeid?: (number | null)
has_scanned?: (boolean | null)
_warning?: (string | null)
_is_new_version?: (boolean | null)
parent_name?: (string | null)
version_count?: (number | null)
_alreadyuploaded?: (boolean | null)
copy_from_id?: (number | null)
showonchild?: (boolean | null)
showonrelated?: (boolean | null)
download_url?: (string | null)
third_party_token?: (string | null)
already_posted?: (boolean | null)
faultid?: (number | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
s3url?: (string | null)
att_link?: (string | null)
child_count?: (number | null)
parent_id?: (number | null)
linked_version_id?: (number | null)
new_external_link?: (ExternalLinkRow | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
import_details_id?: (number | null)
external_links?: (ExternalLinkRow[] | null)
allow_anon_upload?: (boolean | null)
/**
 * The ticket type's number.
 */
tickettype_id?: (number | null)
tickettype_guid?: (string | null)
validate_guid?: (string | null)
}
export interface ExternalLinkRow {
id?: number
table_id?: (number | null)
module_id?: (number | null)
halo_id?: (number | null)
third_party_id?: (string | null)
third_party_desc?: (string | null)
third_party_type?: (string | null)
third_party_url?: (string | null)
third_party_assigned_to?: (string | null)
third_party_count?: (number | null)
primary?: (boolean | null)
halo_desc?: (string | null)
halo_second_id?: (number | null)
halo_second_desc?: (string | null)
extra_match_field?: (string | null)
details_id?: (number | null)
third_party_secondary_id?: (string | null)
_warning?: (string | null)
third_party_status?: (string | null)
third_party_priority?: (string | null)
_match?: (boolean | null)
populate_url?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_created?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_updated?: (string | null)
subscription_id?: (string | null)
new_subscription_key?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
subscription_expiry?: (string | null)
_webhookaction?: number
revisions?: (number | null)
chat_message_count?: (number | null)
integration_name?: (string | null)
dont_move_existing_assets?: (boolean | null)
third_party_additional_id?: (string | null)
}
export interface AssetRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The asset tag: the number by which people know the asset.
 */
inventory_number?: (string | null)
/**
 * The type, which decides the fields.
 */
assettype_id?: (number | null)
/**
 * The client that has it. Halo needs this or `site_id` for a new asset.
 */
client_id?: (number | null)
/**
 * The site where it is. Halo needs this or `client_id` for a new asset.
 */
site_id?: (number | null)
/**
 * The first field that the type shows beside the tag, often the serial number or computer name.
 */
key_field?: (string | null)
/**
 * The second field that the type shows beside the tag.
 */
key_field2?: (string | null)
/**
 * The third field that the type shows beside the tag.
 */
key_field3?: (string | null)
/**
 * The fields of the type: `[{ id, value }]`. Serial numbers are here, under an id that differs per tenant.
 */
fields?: (FieldHelper[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The asset's status.
 */
status_id?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Who owns it on the business side.
 */
business_owner_id?: (number | null)
/**
 * Who looks after it technically.
 */
technical_owner_id?: (number | null)
/**
 * The supplier's number.
 */
supplier_id?: (number | null)
/**
 * The contract that covers it.
 */
contract_id?: (number | null)
/**
 * The reference of the contract. Answered by Halo.
 */
contract_ref?: (string | null)
/**
 * When the warranty begins (ISO 8601, UTC, no zone).
 */
warranty_start?: (string | null)
/**
 * When the warranty ends (ISO 8601, UTC, no zone).
 */
warranty_end?: (string | null)
/**
 * When it was put into service (ISO 8601, UTC, no zone).
 */
commissiondate?: (string | null)
/**
 * The asset it is part of.
 */
parent_id?: (number | null)
/**
 * The item it was bought as.
 */
item_id?: (number | null)
/**
 * Its number in a monitoring tool.
 */
third_party_id?: (number | null)
/**
 * How much depends on it, as Halo numbers it.
 */
criticality?: (number | null)
/**
 * The SLA for tickets about it.
 */
sla_id?: (number | null)
/**
 * The priority for tickets about it.
 */
priority_id?: (number | null)
/**
 * The name of the type. Answered by Halo.
 */
assettype_name?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * The icon's name.
 */
icon?: (string | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * Its number in a monitoring tool.
 */
device_number?: (number | null)
/**
 * The stock entry it came from.
 */
itemstock_id?: (number | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * The name of its user. Answered by Halo.
 */
username?: (string | null)
/**
 * Name of the owner on the business side. Answered by Halo.
 */
business_owner_name?: (string | null)
/**
 * The item's name. Answered by Halo.
 */
item_name?: (string | null)
/**
 * The name of the status. Answered by Halo when asked.
 */
status_name?: (string | null)
/**
 * The contract with the supplier that covers it.
 */
supplier_contract_id?: (number | null)
/**
 * Name of the technical owner. Answered by Halo.
 */
technical_owner_name?: (string | null)
business_owner_site?: (string | null)
business_owner_client?: (string | null)
business_owner_cab_id?: (number | null)
business_owner_cab_name?: (string | null)
technical_owner_cab_id?: (number | null)
technical_owner_cab_name?: (string | null)
intune_default_site?: (number | null)
is_primary_asset?: (boolean | null)
lansweeper_parent_id?: (string | null)
child_id?: (number | null)
sibling_id?: (boolean | null)
contract_value?: (number | null)
supplier_name?: (string | null)
supplier_contract_ref?: (string | null)
supplier_sla_id?: (number | null)
supplier_priority_id?: (number | null)
relationship_id?: (number | null)
custombuttons?: (CustomButton[] | null)
default_contract_value?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
stock_date?: (string | null)
non_consignable?: (boolean | null)
reserved_salesorder_id?: (number | null)
reserved_salesorder_line_id?: (number | null)
matching_field?: (string | null)
device42_id?: (number | null)
device42_url?: (string | null)
related_services?: (string | null)
technical_owner?: (string | null)
business_owner?: (string | null)
primary_asset_chart_json?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
labour_warranty_start?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
labour_warranty_end?: (string | null)
sla_name?: (string | null)
priority_name?: (string | null)
latest_contract_ref?: (string | null)
sequence?: (number | null)
ncentral_url?: (string | null)
ncentral_remote_url?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
contract_end_date?: (string | null)
atera_id?: (string | null)
automate_id?: (number | null)
automate_url?: (string | null)
connectwise_control_url?: (string | null)
ninjarmm_id?: (number | null)
ninja_url?: (string | null)
ninja_remote_url?: (string | null)
syncro_url?: (string | null)
syncroid?: (number | null)
itglue_url?: (string | null)
defaultsequence?: (number | null)
service_ids?: (string | null)
bulkcreated?: (boolean | null)
bulkbillingperiod?: (number | null)
asset_field?: (string | null)
datto_alternate_id?: (number | null)
syncro_id?: (string | null)
domotz_id?: (string | null)
snow_id?: (number | null)
passportal_id?: (number | null)
auvik_device_id?: (string | null)
auvik_url?: (string | null)
allowallstatus?: (boolean | null)
allowed_status?: (XTypeStatus[] | null)
datto_id?: (string | null)
addigy_id?: (string | null)
liongard_url?: (string | null)
liongard_environmnet_id?: (number | null)
liongard_id?: (string | null)
kaseya_id?: (string | null)
iskaseyaagent?: (boolean | null)
kaseyavsa_url?: (string | null)
teamviewerid?: (string | null)
serialization_user?: (number | null)
zabbix_id?: (string | null)
zabbix_url?: (string | null)
stockbin_name?: (string | null)
issue_consignment_line_id?: (number | null)
datto_url?: (string | null)
ncentral_details_id?: (number | null)
nable_id?: (string | null)
connectwisecontrolid?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
workspace_id?: (string | null)
workspace_url?: (string | null)
intune_id?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_purchasedate?: (string | null)
logicmonitor_id?: (string | null)
barracudarmm_id?: (string | null)
icinga_id?: (string | null)
related_service_name?: (string | null)
related_service_count?: (number | null)
connectwisermm_id?: (string | null)
xensam_id?: (string | null)
asset_type_priority?: (number | null)
snipeit_id?: (string | null)
prometheus_id?: (string | null)
dynatrace_id?: (string | null)
vmworkspace_id?: (string | null)
tanium_id?: (string | null)
tenable_id?: (string | null)
kandji_id?: (string | null)
criticality_description?: (string | null)
auvik_id?: (string | null)
is_template?: (boolean | null)
aws_id?: (string | null)
changeguid?: (string | null)
intent?: (string | null)
service_id?: (number | null)
assettype_guid?: (string | null)
parent_guid?: (string | null)
child_guid?: (string | null)
manageengine_id?: (string | null)
manageengine_customer_id?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastchangeofvaluedate?: (string | null)
first_user_id?: (number | null)
changebackupexists?: (boolean | null)
_isbatch?: (boolean | null)
virima_id?: (string | null)
service_guid?: (string | null)
service_name?: (string | null)
lansweeperid?: (string | null)
}
export interface FieldHelper {
/**
 * The field's number, which differs per tenant.
 */
id?: number
/**
 * The field's name.
 */
name?: (string | null)
validate?: (string | null)
/**
 * The value as text.
 */
value?: {
[k: string]: unknown
}
display?: (string | null)
mandatory?: boolean
showonactivity?: boolean
lookup?: number
systemuse?: number
parenttype_id?: number
url?: (string | null)
mapping_id?: (number | null)
access_level?: number
typeinfo_id?: (number | null)
tab_id?: (number | null)
tab_name?: (string | null)
tab_sequence?: (number | null)
tab_columns?: (number | null)
groupname?: (string | null)
techdetail?: (number | null)
userdetail?: (number | null)
visibility_conditions?: ({
[k: string]: unknown
}[] | null)
}
export interface CustomField {
/**
 * The field's number.
 */
id?: number
/**
 * The field's internal name, such as `CFserial`.
 */
name?: (string | null)
/**
 * The name people see.
 */
label?: (string | null)
summary?: (string | null)
/**
 * The kind of field, as Halo numbers kinds.
 */
type?: number
/**
 * The value; for a list the number of the choice.
 */
value?: {
[k: string]: unknown
}
value_is_password_id?: (boolean | null)
/**
 * The value as people see it. Answered by Halo.
 */
display?: (string | null)
characterlimit?: number
characterlimittype?: number
inputtype?: (number | null)
copytochild?: boolean
searchable?: boolean
ordervalues?: boolean
ordervaluesby?: (number | null)
database_lookup_id?: (number | null)
database_lookup_auto?: (boolean | null)
database_lookup_triggers?: ({
[k: string]: unknown
}[] | null)
third_party_name?: (string | null)
extratype?: (number | null)
copytochildonupdate?: boolean
hyperlink?: (string | null)
usage?: (number | null)
linked_table_id?: (number | null)
showondetailsscreen?: (boolean | null)
third_party_value?: (string | null)
custom_extra_table_id?: (number | null)
copytorelated?: boolean
calculation?: (string | null)
rounding?: (number | null)
validation_reasons?: (KeyPair[] | null)
int_value_is_display?: (boolean | null)
regex?: (string | null)
onlyshowforagents?: (boolean | null)
is_horizontal?: (boolean | null)
copied?: (boolean | null)
isencrypted?: (boolean | null)
max_selection?: (number | null)
guid?: (string | null)
selection_field_id?: (number | null)
variable_format_1?: (string | null)
variable_format_2?: (string | null)
validation_data?: ({
[k: string]: unknown
}[] | null)
database_lookup_input?: (number | null)
table_data_entry_type?: (number | null)
showintable?: (boolean | null)
table_height?: (number | null)
dont_delete_rows?: (boolean | null)
table_matching_field?: (number | null)
new_storage_method?: (boolean | null)
where_sql?: (string | null)
load_type?: (number | null)
copytoparent?: boolean
copytoparentonupdate?: boolean
add_rows?: (boolean | null)
delete_these_rows?: (number[] | null)
showinpool?: (boolean | null)
allow_pool_override?: (boolean | null)
}
export interface KeyPair {
id?: (string | null)
name?: (string | null)
}
export interface CustomButton {
id?: number
guid?: (string | null)
intent?: (string | null)
usage?: (number | null)
name?: (string | null)
label?: (string | null)
seq?: (number | null)
icon?: (string | null)
url?: (string | null)
newtab?: (boolean | null)
msid?: (number | null)
_warning?: (string | null)
type?: (number | null)
runbook_id?: (string | null)
runbook_name?: (string | null)
}
export interface XTypeStatus {
id?: number
xtype_id?: number
xtype_name?: (string | null)
status_id?: number
status_name?: (string | null)
allowafterallstatuses?: (boolean | null)
allowedafterstatus?: ({
[k: string]: unknown
}[] | null)
_warning?: (string | null)
}
export interface ActionReaction {
ticket_id?: number
action_number?: number
agent_id?: number
/**
 * ISO 8601, UTC, no zone.
 */
timestamp?: (string | null)
type?: (string | null)
}
export interface DateTimeZone {
/**
 * ISO 8601, UTC, no zone.
 */
datetime?: (string | null)
timezone?: (string | null)
}
export interface UserRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The full name.
 */
name?: (string | null)
/**
 * The given name.
 */
firstname?: (string | null)
/**
 * The family name.
 */
surname?: (string | null)
/**
 * The form of address, such as Dr.
 */
title?: (string | null)
/**
 * Initials, as shown in a picture's place.
 */
initials?: (string | null)
/**
 * The address that e-mails go to.
 */
emailaddress?: (string | null)
/**
 * The telephone number.
 */
phonenumber?: (string | null)
/**
 * The number of the mobile phone.
 */
mobilenumber?: (string | null)
/**
 * The private number.
 */
homenumber?: (string | null)
/**
 * The number to call first.
 */
phonenumber_preferred?: (string | null)
/**
 * The site the user belongs to. Halo needs this or `client_id` for a new user.
 */
site_id?: (number | null)
/**
 * The client the user belongs to.
 */
client_id?: (number | null)
/**
 * The name to log in to the portal with.
 */
login?: (string | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * Whether the user is an important contact.
 */
isimportantcontact?: (boolean | null)
/**
 * True for an account that is not a person.
 */
isserviceaccount?: (boolean | null)
/**
 * True leaves the user out when users are counted for billing.
 */
ignoreautomatedbilling?: (boolean | null)
/**
 * True sends the user no e-mails.
 */
neversendemails?: (boolean | null)
/**
 * A field for what the MSP likes.
 */
other1?: (string | null)
/**
 * A second field for what the MSP likes.
 */
other2?: (string | null)
/**
 * A third field for what the MSP likes.
 */
other3?: (string | null)
/**
 * A fourth field for what the MSP likes.
 */
other4?: (string | null)
/**
 * A fifth field for what the MSP likes.
 */
other5?: (string | null)
/**
 * The distinguished name in Active Directory.
 */
activedirectory_dn?: (string | null)
/**
 * The object id in Entra ID (Azure AD). Search it with `advanced_search`.
 */
azureoid?: (string | null)
/**
 * The agent that is the same person.
 */
linked_agent_id?: (number | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The priority for the user's tickets.
 */
priority_id?: (number | null)
/**
 * A second identifier that Halo makes itself.
 */
key?: number
/**
 * The day the person was born (ISO 8601, UTC, no zone).
 */
date_of_birth?: (string | null)
/**
 * The number in WhatsApp.
 */
whatsapp_number?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
site_id_int?: (number | null)
sitephonenumber?: (string | null)
mobilenumber2?: (string | null)
fax?: (string | null)
telpref?: (number | null)
onpremise_activedirectory_dn?: (string | null)
container_dn?: (string | null)
colour?: (string | null)
default_currency_code?: (number | null)
site_guid?: (string | null)
area_guid?: (string | null)
site_cautomate_guid?: (string | null)
covered_by_contract?: (boolean | null)
contract_value?: (number | null)
software_role_name?: (string | null)
attachments?: (AttachmentFields[] | null)
custombuttons?: (CustomButton[] | null)
relationship_id?: (number | null)
user_relationships?: (XTypeRole[] | null)
uddevsite?: (number | null)
uddevnum?: (number | null)
uduserid?: (number | null)
userdevicerolecount?: (number | null)
site_hubspot_guid?: (string | null)
isimportantcontact2?: (boolean | null)
connectwiseid?: (number | null)
autotaskid?: (number | null)
messagegroup_id?: (number | null)
role_list?: (string | null)
sitetimezone?: (string | null)
client_account_manager_id?: (number | null)
item_tax_code?: (number | null)
automatic_sales_tax?: (boolean | null)
client_taxable?: (boolean | null)
overridepdftemplatequote?: (number | null)
overridepdftemplatequote_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
contract_end_date?: (string | null)
okta_id?: (string | null)
azure_id?: (string | null)
user_with_clientsite?: (string | null)
client_automatic_callscript_id?: (number | null)
table?: number
neversendmarketingemails?: (boolean | null)
is_prospect?: (boolean | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
_importtype?: (string | null)
new_external_link?: (ExternalLinkRow | null)
}
export interface XTypeRole {
id?: number
xtype_id?: (number | null)
name?: (string | null)
_warning?: (string | null)
}
export interface CabMember {
id?: (number | null)
/**
 * The number of the change advisory board.
 */
cab_id?: number
cab_guid?: (string | null)
agent_id?: (number | null)
/**
 * What kind of approver this is, as Halo numbers kinds.
 */
type?: (number | null)
user_id?: (number | null)
member_name?: (string | null)
emailaddress?: (string | null)
is_mandatory?: (boolean | null)
role_id?: (number | null)
role_name?: (string | null)
module_id?: (number | null)
_warning?: (string | null)
}
export interface KeyPair2 {
value?: (string | null)
label?: (string | null)
isnew?: (boolean | null)
}
export interface Tag {
id?: number
text?: (string | null)
add_to_kbid?: (number | null)
add_to_ctid?: (number | null)
_warning?: (string | null)
add_to_stid?: (number | null)
}
export interface FAQListHead {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
showforall?: (boolean | null)
showforallagents?: (boolean | null)
level?: (number | null)
is_group?: (boolean | null)
group_id?: (number | null)
group_name?: (string | null)
full_name?: (string | null)
article_count?: (number | null)
type?: (number | null)
fields?: (RequestTypeField[] | null)
grandparent_name?: (string | null)
greatgrandparent_name?: (string | null)
greatgreatgrandparent_name?: (string | null)
greatgreatgreatgrandparent_name?: (string | null)
fullgroup_name?: (string | null)
roles?: (UserRoles[] | null)
draft_roles?: (UserRoles[] | null)
new_external_link?: (ExternalLinkRow | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
import_details_id?: (number | null)
third_party_id?: (string | null)
translations?: (LanguagePackTranslationsCustom[] | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
clients?: (ClientRowFields[] | null)
dontshowonportal?: (boolean | null)
geo_restrictions?: (GeoLocationRestriction[] | null)
}
export interface RequestTypeField {
id?: number
copytochildonupdate?: (boolean | null)
rtid?: (number | null)
fieldid?: (number | null)
fieldguid?: (string | null)
seq?: (number | null)
tableid?: (number | null)
tableguid?: (string | null)
groupid?: (number | null)
groupguid?: (string | null)
endusernew?: (number | null)
enduserdetail?: (number | null)
enduserdetailrejected?: (number | null)
technew?: (number | null)
techdetail?: (number | null)
fieldname?: (string | null)
fieldinfo?: ({
[k: string]: unknown
} | null)
visibility_conditions?: ({
[k: string]: unknown
}[] | null)
visibility_conditions_value?: ({
[k: string]: unknown
}[] | null)
value_restrictions?: ({
[k: string]: unknown
}[] | null)
group?: ({
[k: string]: unknown
} | null)
technewlocation?: (number | null)
restrictupdate?: (number | null)
update_restrictions?: ({
[k: string]: unknown
}[] | null)
techtab_id?: (number | null)
techtab_name?: (string | null)
showdependency?: (boolean | null)
canupdate?: (boolean | null)
_warning?: (string | null)
override_fieldname?: (string | null)
override_action_fieldname?: (string | null)
boldlabelandvalue?: (boolean | null)
enduserdetailhideifempty?: (boolean | null)
techdetailhideifempty?: (boolean | null)
copytochild?: (boolean | null)
copytorelated?: (boolean | null)
restrictread?: (number | null)
read_restrictions?: ({
[k: string]: unknown
}[] | null)
techtab_columns?: (number | null)
chat_message?: (string | null)
techaction?: (number | null)
enduseraction?: (number | null)
endusercheckboxmandatory?: (boolean | null)
translations?: (LanguagePackTranslationsCustom[] | null)
display_type?: (number | null)
}
export interface LanguagePackTranslationsCustom {
id?: number
language_id?: (number | null)
entity?: (string | null)
fieldname?: (string | null)
entity_id?: (number | null)
entity_id2?: (number | null)
translation?: (string | null)
_dotranslate?: (boolean | null)
_translateonly?: (boolean | null)
_isimport?: (boolean | null)
default_translation?: (string | null)
_warning?: (string | null)
}
export interface UserRoles {
id?: number
guid?: (string | null)
intent?: (string | null)
isimportantcontact2?: (boolean | null)
showmeonly?: (number | null)
ischangeapprover2?: (boolean | null)
ispoapprover?: (boolean | null)
web_access_level?: (number | null)
canadd?: (boolean | null)
canviewopps?: (boolean | null)
allowviewsitedocs?: (boolean | null)
allowviewclientdocs?: (boolean | null)
canviewcontracts?: (boolean | null)
canaccesscatalog?: (boolean | null)
cataloglevel?: (number | null)
canaccessinvoices?: (boolean | null)
name?: (string | null)
notes?: (string | null)
device_access_level?: (number | null)
is_integration?: (boolean | null)
_warning?: (string | null)
dontackemails2?: (boolean | null)
departments?: (UserDepartment[] | null)
notifications?: (UnameNotification[] | null)
canuploaddocuments?: (boolean | null)
}
export interface UserDepartment {
id?: number
user_id?: (number | null)
user_name?: (string | null)
department_id?: (number | null)
department_name?: (string | null)
is_manager?: (boolean | null)
is_azure_department?: (boolean | null)
role_id?: (number | null)
role_name?: (string | null)
}
export interface UnameNotification {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
agent_id?: (number | null)
agent_name?: (string | null)
type?: (number | null)
delivery_method?: (number | null)
sendpushnotification?: (boolean | null)
eventno?: (number | null)
emailtemplate_id?: (number | null)
emailtemplate_guid?: (string | null)
emailtemplate_name?: (string | null)
user_id?: (number | null)
user_name?: (string | null)
email_list?: (string | null)
slack_id?: (number | null)
interval?: (number | null)
useworkinghours?: (number | null)
restriction_type?: (number | null)
restriction_department_id?: (number | null)
restriction_department_guid?: (string | null)
restriction_department_name?: (string | null)
restriction_team_id?: (number | null)
restriction_team_guid?: (string | null)
restriction_team_name?: (string | null)
webhook_id?: (string | null)
agents?: ({
[k: string]: unknown
}[] | null)
condition_count?: (number | null)
subscriber_count?: (number | null)
role_id?: (string | null)
role_name?: (string | null)
conditions?: ({
[k: string]: unknown
}[] | null)
_canupdate?: (boolean | null)
slack_channel_name?: (string | null)
teams_id?: (number | null)
teams_channel_name?: (string | null)
value1?: (number | null)
value1_name?: (string | null)
_iszapier?: (boolean | null)
filter_sitecontact?: (boolean | null)
sitecontact_type?: (number | null)
_warning?: (string | null)
roles?: ({
[k: string]: unknown
}[] | null)
mattermost_channelid?: (number | null)
mattermost_channel_name?: (string | null)
rule_id?: (number | null)
rule_name?: (string | null)
user_roles?: ({
[k: string]: unknown
}[] | null)
sendpushnotificationbrowser?: (boolean | null)
popupinnotificationpane?: (boolean | null)
filter_type?: (number | null)
customisecolour?: (boolean | null)
colour?: (string | null)
}
export interface AccessControl {
id?: number
entity?: (string | null)
entity_id?: (number | null)
type?: (number | null)
agent_id?: (number | null)
user_id?: (number | null)
role_id?: (number | null)
team_id?: (number | null)
department_id?: (number | null)
name?: (string | null)
level?: (number | null)
_warning?: (string | null)
entity_name?: (string | null)
entity_text_id?: (string | null)
}
export interface ClientRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The client's name.
 */
name?: (string | null)
/**
 * The top level (group of clients) above.
 */
toplevel_id?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * The record's id in the connected accounting package.
 */
accountsid?: (string | null)
/**
 * The agent who looks after the client first.
 */
pritech?: (number | null)
/**
 * The agent who stands in.
 */
sectech?: (number | null)
/**
 * The agent who is account manager.
 */
accountmanagertech?: (number | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * The relationships with the MSP (customer, prospect, supplier, …).
 */
customer_relationship?: (KeyPair[] | null)
/**
 * Whether it concerns a very important person or client.
 */
is_vip?: (boolean | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The name of the MSP as this client sees it.
 */
override_org_name?: (string | null)
/**
 * The currency of its invoices.
 */
default_currency_code?: (number | null)
/**
 * Whether tax is charged.
 */
taxable?: (boolean | null)
/**
 * Whether the client is on stop: no more work.
 */
stopped?: (number | null)
/**
 * The client's reference at the MSP.
 */
ref?: (string | null)
/**
 * Another client that pays the invoices.
 */
client_to_invoice?: (number | null)
/**
 * A second identifier that Halo makes itself.
 */
key?: number
/**
 * The name of the top level. Answered by Halo.
 */
toplevel_name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * Whether actions are e-mailed by default.
 */
actionemail?: (number | null)
/**
 * The date of the next call (ISO 8601, UTC, no zone).
 */
calldate?: (string | null)
/**
 * Whether the closing of tickets is e-mailed.
 */
clearemail?: (number | null)
/**
 * Another client that pays the recurring invoices.
 */
client_to_invoice_recurring?: (number | null)
/**
 * Whether new tickets are confirmed by e-mail.
 */
confirmemail?: (number | null)
/**
 * The tax code for contracts.
 */
contract_tax_code?: (number | null)
/**
 * The relationships as one text.
 */
customer_relationship_list?: (string | null)
/**
 * The kind of customer.
 */
customertype?: (number | null)
/**
 * Its company in Microsoft Dynamics Business Central.
 */
dbc_company_id?: (string | null)
/**
 * The mailbox that mails to this client leave from.
 */
default_mailbox_id?: (number | null)
/**
 * True keeps its invoices out of the accounting package.
 */
excludefrominvoicesync?: (boolean | null)
/**
 * Days to pay beyond the usual ones.
 */
invoiceduedaysextraclient?: (number | null)
/**
 * Whether it is an account and not only a prospect.
 */
is_account?: (boolean | null)
/**
 * The tax code for items.
 */
item_tax_code?: (number | null)
/**
 * Its id in IT Glue.
 */
itglue_id?: (string | null)
/**
 * Whether the Jira connection was checked. Answered by Halo.
 */
jira_validated?: (boolean | null)
/**
 * The mailbox that mails leave from, instead of the usual one.
 */
mailbox_override?: (number | null)
/**
 * The group of e-mail templates.
 */
messagegroup_id?: (number | null)
/**
 * The template that its invoices are printed with.
 */
overridepdftemplateinvoice?: (number | null)
/**
 * The template that its quotes are printed with.
 */
overridepdftemplatequote?: (number | null)
/**
 * How many of its tickets get a survey, in percent.
 */
percentage_to_survey?: (number | null)
/**
 * The tax code for prepayments.
 */
prepay_tax_code?: (number | null)
/**
 * Its company in QuickBooks Online.
 */
qbo_company_id?: (string | null)
/**
 * The resource group of its Microsoft Sentinel.
 */
sentinel_resource_group_name?: (string | null)
/**
 * The Azure subscription of its Microsoft Sentinel.
 */
sentinel_subscription_id?: (string | null)
/**
 * The workspace of its Microsoft Sentinel.
 */
sentinel_workspace_name?: (string | null)
/**
 * The tax code for services.
 */
service_tax_code?: (number | null)
/**
 * Whether the ServiceNow connection was checked. Answered by Halo.
 */
servicenow_validated?: (boolean | null)
/**
 * The number of the database table that the record lives in. Answered by Halo.
 */
table?: number
/**
 * Whether tickets are billed site by site.
 */
ticket_invoices_for_each_site?: (boolean | null)
/**
 * Its tenant in Xero.
 */
xero_tenant_id?: (string | null)
from_address_override?: (string | null)
override_org_logo?: (boolean | null)
override_org_address?: (Address | null)
override_org_phone?: (string | null)
override_org_email?: (string | null)
override_org_website?: (string | null)
override_org_portalurl?: (string | null)
custombuttons?: (CustomButton[] | null)
attachments?: (AttachmentFields[] | null)
site_fields?: (FieldHelper[] | null)
thirdpartynhdapiurl?: (string | null)
xeroid?: (string | null)
open_ticket_count?: (number | null)
opps_ticket_count?: (number | null)
logo?: (string | null)
regmanagertech?: (number | null)
logmanagertech?: (number | null)
salesreptech?: (number | null)
accountownertech?: (number | null)
cxmleadtech?: (number | null)
gficlientid?: (string | null)
overridepdftemplateinvoice_name?: (string | null)
kashflow_tenant_id?: (number | null)
client_to_invoice_name?: (string | null)
clientcurrency?: (string | null)
sentinel_tenant_id?: (number | null)
sentinel_tenant_name?: (string | null)
client_to_invoice_recurring_name?: (string | null)
azure_tenants?: (AreaAzureTenant[] | null)
azure_tenant_id?: (string | null)
snow_id?: (number | null)
snowLicences?: (SnowLicenseAbstract[] | null)
automatic_sales_tax?: (boolean | null)
cautomateid?: (number | null)
sentinel_default_user_override?: (number | null)
sentinel_default_user_override_name?: (string | null)
intacct_save_location?: (string | null)
accountownertech_name?: (string | null)
quickbooks_details?: (QuickBooksDetails | null)
billing_plan_text?: (string | null)
overridepdftemplatequote_name?: (string | null)
avalara_tenant?: (number | null)
due_date_type?: (number | null)
toplevel_quote_currency?: (number | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
_importtype?: (string | null)
new_external_link?: (ExternalLinkRow | null)
}
export interface Address {
id?: number
type?: (number | null)
description?: (string | null)
note?: (string | null)
line1?: (string | null)
line2?: (string | null)
line3?: (string | null)
line4?: (string | null)
postcode?: (string | null)
primary?: (boolean | null)
inactive?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_active?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_inactive?: (string | null)
lat?: (number | null)
long?: (number | null)
client_name?: (string | null)
site_id?: (number | null)
site_name?: (string | null)
user_id?: (number | null)
user_name?: (string | null)
user_email?: (string | null)
_isimport?: (boolean | null)
_warning?: (string | null)
}
export interface AreaAzureTenant {
id?: number
details_id?: (number | null)
client_id?: (number | null)
azure_tenant_id?: (string | null)
azure_tenant_name?: (string | null)
new_access_token?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
token_expiry?: (string | null)
client_name?: (string | null)
details_name?: (string | null)
azure_tenant_domain?: (string | null)
licence_import_type?: (number | null)
relationship_type?: (number | null)
_warning?: (string | null)
}
export interface SnowLicenseAbstract {
id?: (number | null)
applicationName?: (string | null)
manufacturerName?: (string | null)
metric?: (string | null)
assignmentType?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
purchaseDate?: (string | null)
quantity?: (number | null)
isIncomplete?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
updatedDate?: (string | null)
updatedBy?: (string | null)
snowDevices?: ({
[k: string]: unknown
}[] | null)
}
export interface QuickBooksDetails {
id?: number
name?: (string | null)
country?: (string | null)
company_id?: (string | null)
company_name?: (string | null)
new_access_token?: (string | null)
new_refresh_token?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
token_expiry?: (string | null)
authorized?: (boolean | null)
redirect_uri?: (string | null)
authorization_code?: (string | null)
_exchangecode?: (boolean | null)
_disconnect?: (boolean | null)
_importtype?: (string | null)
new_method?: (boolean | null)
automatic_sales_tax?: (boolean | null)
online_payments?: (boolean | null)
api_url?: (string | null)
client_id?: (string | null)
new_client_secret?: (string | null)
default_tax_code_id?: (number | null)
default_tax_code_name?: (string | null)
default_tax_code?: (KeyPair2 | null)
zero_tax_rate_id?: (number | null)
zero_tax_rate_name?: (string | null)
zero_tax_rate?: (KeyPair2 | null)
client_top_level?: (number | null)
client_top_level_name?: (string | null)
client_name_field?: (number | null)
inventory_item_group?: (number | null)
inventory_item_group_name?: (string | null)
non_inventory_item_group?: (number | null)
non_inventory_item_group_name?: (string | null)
service_item_group?: (number | null)
service_item_group_name?: (string | null)
enable_sync?: (boolean | null)
sync_entities?: (string | null)
sync_entities_list?: (KeyPair2[] | null)
show_message?: (boolean | null)
deactivate_customers?: (boolean | null)
default_invoice_item?: (number | null)
default_order_item?: (number | null)
default_invoice_item_name?: (string | null)
default_order_item_name?: (string | null)
invoice_email_status?: (number | null)
supplier_top_level?: (number | null)
supplier_top_level_name?: (string | null)
supplier_name_field?: (number | null)
default_order_account_id?: (number | null)
default_order_account_name?: (string | null)
default_order_account?: (KeyPair2 | null)
order_email_status?: (number | null)
multi_currency?: (boolean | null)
default_sales_account_id?: (number | null)
default_sales_account_name?: (string | null)
default_sales_account?: (KeyPair2 | null)
default_expense_account_id?: (number | null)
default_expense_account_name?: (string | null)
default_expense_account?: (KeyPair2 | null)
default_asset_account_id?: (number | null)
default_asset_account_name?: (string | null)
default_asset_account?: (KeyPair2 | null)
receive_client_created?: (boolean | null)
receive_client_updated?: (boolean | null)
receive_payment_created?: (boolean | null)
receive_payment_updated?: (boolean | null)
sync_halo_invoice_id?: (boolean | null)
sync_invoice_class?: (boolean | null)
sync_invoice_bill_address?: (boolean | null)
sync_invoice_ship_address?: (boolean | null)
use_qbo_invoice_terms?: (boolean | null)
round_payments_to_2dp?: (boolean | null)
_warning?: (string | null)
default_deferred_code_id?: (number | null)
default_deferred_code_name?: (string | null)
dont_post_item_quantities?: (boolean | null)
default_deferred_account?: (KeyPair2 | null)
invoice_custom_po?: (KeyPair2 | null)
invoice_custom_po_id?: (number | null)
invoice_custom_po_name?: (string | null)
dont_sync_cost_tracking_lines?: (boolean | null)
remove_unapplied_payments?: (boolean | null)
qbo_sitemappings?: (ExternalLinkRow[] | null)
mark_as_void?: (boolean | null)
minor_version?: (number | null)
}
export interface GeoLocationRestriction {
id?: number
table_id?: (number | null)
entity_id?: (number | null)
country_code?: (string | null)
continent_code?: (string | null)
exclude?: (boolean | null)
}
export interface KnowledgeBaseArticleRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The article's title.
 */
name?: (string | null)
/**
 * The problem, as plain text.
 */
description?: (string | null)
/**
 * The kind of article, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * The tags as one text, separated by commas.
 */
tag_string?: (string | null)
/**
 * The tags of the article.
 */
kb_tags?: (string | null)
/**
 * When it is to be reviewed (ISO 8601, UTC, no zone).
 */
next_review_date?: (string | null)
/**
 * From when it is shown (ISO 8601, UTC, no zone).
 */
limit_start_date?: (string | null)
/**
 * Until when it is shown (ISO 8601, UTC, no zone).
 */
limit_end_date?: (string | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
view_count?: (number | null)
useful_count?: (number | null)
notuseful_count?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_created?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_edited?: (string | null)
editor_type?: (number | null)
confluence_url?: (string | null)
search_score?: (number | null)
resolution_list?: (string | null)
link?: (string | null)
use?: (string | null)
geo_restrictions?: (GeoLocationRestriction[] | null)
key?: number
table?: number
ticket_template_id?: (number | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
_importtype?: (string | null)
new_external_link?: (ExternalLinkRow | null)
}
export interface ConsignmentHeader {
id?: number
use?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
note?: (string | null)
ticket_id?: (number | null)
address?: (string | null)
site_id?: (number | null)
user_name?: (string | null)
salesorder_id?: (number | null)
lines?: ({
[k: string]: unknown
}[] | null)
assets?: (AssetRowFields[] | null)
_print_generate?: (boolean | null)
pdftemplate_id?: (number | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
stockbin_id?: (number | null)
assettomoveback?: (number | null)
ignoreserialisation?: (boolean | null)
is_return?: (boolean | null)
_warning?: (string | null)
}
export interface AssetFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The asset tag: the number by which people know the asset.
 */
inventory_number?: (string | null)
/**
 * The type, which decides the fields.
 */
assettype_id?: (number | null)
/**
 * The client that has it. Halo needs this or `site_id` for a new asset.
 */
client_id?: (number | null)
/**
 * The site where it is. Halo needs this or `client_id` for a new asset.
 */
site_id?: (number | null)
/**
 * The first field that the type shows beside the tag, often the serial number or computer name.
 */
key_field?: (string | null)
/**
 * The second field that the type shows beside the tag.
 */
key_field2?: (string | null)
/**
 * The third field that the type shows beside the tag.
 */
key_field3?: (string | null)
/**
 * The fields of the type: `[{ id, value }]`. Serial numbers are here, under an id that differs per tenant.
 */
fields?: (FieldHelper[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The asset's status.
 */
status_id?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * The users that have it: `[{ id }]`.
 */
users?: (UserRowFields[] | null)
/**
 * Who owns it on the business side.
 */
business_owner_id?: (number | null)
/**
 * Who looks after it technically.
 */
technical_owner_id?: (number | null)
/**
 * The supplier's number.
 */
supplier_id?: (number | null)
/**
 * The contract that covers it.
 */
contract_id?: (number | null)
/**
 * The reference of the contract. Answered by Halo.
 */
contract_ref?: (string | null)
/**
 * When the warranty begins (ISO 8601, UTC, no zone).
 */
warranty_start?: (string | null)
/**
 * When the warranty ends (ISO 8601, UTC, no zone).
 */
warranty_end?: (string | null)
/**
 * When it was put into service (ISO 8601, UTC, no zone).
 */
commissiondate?: (string | null)
/**
 * The asset it is part of.
 */
parent_id?: (number | null)
/**
 * The item it was bought as.
 */
item_id?: (number | null)
/**
 * Its number in a monitoring tool.
 */
third_party_id?: (number | null)
/**
 * How much depends on it, as Halo numbers it.
 */
criticality?: (number | null)
/**
 * The SLA for tickets about it.
 */
sla_id?: (number | null)
/**
 * The priority for tickets about it.
 */
priority_id?: (number | null)
/**
 * True when the write comes from the asset's own screen: all its fields count.
 */
isassetdetails?: (boolean | null)
/**
 * True ignores fields that the type does not have, instead of adding them.
 */
_dontaddnewfields?: (boolean | null)
/**
 * Whether the API's agent has bookmarked it.
 */
bookmarked?: (boolean | null)
/**
 * The name of the type. Answered by Halo.
 */
assettype_name?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * The icon's name.
 */
icon?: (string | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * Its number in a monitoring tool.
 */
device_number?: (number | null)
/**
 * The stock entry it came from.
 */
itemstock_id?: (number | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * The name of its user. Answered by Halo.
 */
username?: (string | null)
/**
 * The group of its type. Answered by Halo.
 */
assetgroup_name?: (string | null)
/**
 * Name of the owner on the business side. Answered by Halo.
 */
business_owner_name?: (string | null)
/**
 * The item's name. Answered by Halo.
 */
item_name?: (string | null)
/**
 * The name of the status. Answered by Halo when asked.
 */
status_name?: (string | null)
/**
 * The contract with the supplier that covers it.
 */
supplier_contract_id?: (number | null)
/**
 * Name of the technical owner. Answered by Halo.
 */
technical_owner_name?: (string | null)
os_override?: (string | null)
business_owner_site?: (string | null)
business_owner_client?: (string | null)
business_owner_cab_id?: (number | null)
business_owner_cab_name?: (string | null)
technical_owner_cab_id?: (number | null)
technical_owner_cab_name?: (string | null)
intune_default_site?: (number | null)
is_primary_asset?: (boolean | null)
lansweeper_parent_id?: (string | null)
child_id?: (number | null)
sibling_id?: (boolean | null)
contract_value?: (number | null)
supplier_name?: (string | null)
supplier_contract_ref?: (string | null)
supplier_sla_id?: (number | null)
supplier_priority_id?: (number | null)
relationship_id?: (number | null)
custombuttons?: (CustomButton[] | null)
default_contract_value?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
stock_date?: (string | null)
non_consignable?: (boolean | null)
reserved_salesorder_id?: (number | null)
reserved_salesorder_line_id?: (number | null)
matching_field?: (string | null)
device42_id?: (number | null)
device42_url?: (string | null)
related_services?: (string | null)
technical_owner?: (string | null)
business_owner?: (string | null)
primary_asset_chart_json?: (string | null)
ascendant_count?: (number | null)
ascendant_assets?: (AssetFields[] | null)
descendant_count?: (number | null)
descendant_assets?: (AssetFields[] | null)
service_count?: (number | null)
user_count?: (number | null)
licence_count?: (number | null)
pingservice?: (number | null)
guid?: (string | null)
import_guid?: (string | null)
contractvaluecurrent?: (number | null)
contractvalueprior?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastchangeofvaluedate?: (string | null)
warranty_note?: (string | null)
goodsin_po_id?: (number | null)
issue_consignment_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_expirydate?: (string | null)
supplier_reference?: (string | null)
/**
 * The record's id in a system outside Halo, as text. Stored, answered, and not shown to people.
 */
third_party_id_string?: (string | null)
supplierheaderid?: (number | null)
purchaseorder_line_id?: (number | null)
teamviewerpassword?: (string | null)
commissioned?: (number | null)
kaseyaid?: (string | null)
children?: (AssetFields[] | null)
parent_assets?: (AssetRowFields[] | null)
child_assets?: (AssetRowFields[] | null)
hierarchy?: (AssetFields[] | null)
clone_count?: (number | null)
_dontupdatetype?: (boolean | null)
sla_name?: (string | null)
supplier_sla_name?: (string | null)
priority_name?: (string | null)
supplier_priority_name?: (string | null)
clone_inventory_numbers?: (string | null)
_isclone?: (boolean | null)
contracts?: (ContractRowFields[] | null)
scheduled_tickets?: (TemplateRow[] | null)
site_guid?: (string | null)
sqlimport_user?: (string | null)
sqlimport_id?: (number | null)
software?: (DeviceApplications[] | null)
businesscentral_id?: (string | null)
intune_id?: (string | null)
intune_connectionid?: (number | null)
azure_userid?: (string | null)
azure_userprincipalname?: (string | null)
stockdetails?: (ItemStock | null)
prtg_id?: (number | null)
prtg_details_id?: (number | null)
services?: (ServiceRow[] | null)
datto_site_uid?: (string | null)
ateraid?: (string | null)
items_issued?: (FaultItem[] | null)
lansweeper_id?: (string | null)
lansweeper_url?: (string | null)
lansweeper_software?: (LansweeperSoftware[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
dlastupdate?: (string | null)
createdfrompurchaseorder?: (PurchaseOrder | null)
/**
 * ISO 8601, UTC, no zone.
 */
stockdate?: (string | null)
item_cost?: (number | null)
old_software_version?: (string | null)
new_software_version?: (string | null)
user_role_breakdown?: (DeviceUserCount[] | null)
itglue_id?: (string | null)
area_guid?: (string | null)
jamf_id?: (number | null)
jamf_type?: (string | null)
phone_number?: (string | null)
open_ticket_count?: (number | null)
onhold_ticket_count?: (number | null)
total_ticket_count?: (number | null)
opened_thismonth_count?: (number | null)
domotz_agentid?: (number | null)
domotz_id?: (number | null)
domotz_type_id?: (number | null)
snow_client_id?: (number | null)
deactivate_child_devices?: (boolean | null)
auvik_network_id?: (string | null)
parent_third_party_ids?: (string[] | null)
snowUsers?: (SnowComputerUserAbstract[] | null)
tab_config?: (TabConfig[] | null)
qualys_id?: (string | null)
assettype_config?: (AssetType | null)
passportal_client_id?: (number | null)
addigy_policy_id?: (string | null)
addigy_applications?: (AddigyApplication[] | null)
addigy_users?: (string[] | null)
_warning?: (string | null)
domotz_agent?: (string | null)
liongardid?: (number | null)
iskaseyaagent?: (boolean | null)
_donotvalidate?: (boolean | null)
datto_remote_url?: (string | null)
qualys_software?: (QualysSoftware[] | null)
xtypeunamecanedit?: (AssetTypePermission[] | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
stockbin_id?: (number | null)
ethernetMacAddress?: (string | null)
physicalMemoryInBytes?: (string | null)
azureTenantId?: (string | null)
services_hierarchy?: (Service[] | null)
_validateonly?: (boolean | null)
copy_unmapped_info_fields?: (boolean | null)
user_email?: (string | null)
lansweeper_relations?: (LansweeperRelation[] | null)
kbs?: (KnowledgeBaseArticleRowFields[] | null)
site_external_link_id?: (string | null)
workspace_orgunitpath?: (string | null)
sibling_assets?: (AssetRowFields[] | null)
import_details_id?: (number | null)
icinga_hostname?: (string | null)
access_control?: (AccessControl[] | null)
jamf_details_id?: (number | null)
access_control_level?: (number | null)
is_stock_change?: (boolean | null)
parent_third_party_id?: (number | null)
is_return?: (boolean | null)
_print_generate?: (boolean | null)
pdftemplate_id?: (number | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
_dont_fire_automations?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
asset_chart_json?: (string | null)
lansweeper_site_id?: (string | null)
thirdparty_client_id?: (number | null)
syncro_asset_type?: (string | null)
dynatrace_to_relations?: (DynatraceRelationship[] | null)
dynatrace_from_relations?: (DynatraceRelationship[] | null)
open_incident_count?: (number | null)
open_change_count?: (number | null)
thirdparty_type_id?: (number | null)
is_stock_site?: (boolean | null)
matching_value?: (string | null)
related_service_names?: (string | null)
parent_asset_names?: (string | null)
child_asset_names?: (string | null)
sibling_asset_names?: (string | null)
related_kb_names?: (string | null)
licences?: (LicenceRow[] | null)
add_licences?: (LicenceRow[] | null)
licences_hierarchy?: (LicenceRow[] | null)
sqlimport_accountsid?: (string | null)
created_from_template?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
labour_warranty_start?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
labour_warranty_end?: (string | null)
latest_contract_ref?: (string | null)
sequence?: (number | null)
ncentral_url?: (string | null)
ncentral_remote_url?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
contract_end_date?: (string | null)
atera_id?: (string | null)
automate_id?: (number | null)
automate_url?: (string | null)
connectwise_control_url?: (string | null)
ninjarmm_id?: (number | null)
ninja_url?: (string | null)
ninja_remote_url?: (string | null)
syncro_url?: (string | null)
syncroid?: (number | null)
itglue_url?: (string | null)
defaultsequence?: (number | null)
service_ids?: (string | null)
bulkcreated?: (boolean | null)
bulkbillingperiod?: (number | null)
asset_field?: (string | null)
datto_alternate_id?: (number | null)
syncro_id?: (string | null)
snow_id?: (number | null)
passportal_id?: (number | null)
auvik_device_id?: (string | null)
auvik_url?: (string | null)
allowallstatus?: (boolean | null)
allowed_status?: (XTypeStatus[] | null)
datto_id?: (string | null)
addigy_id?: (string | null)
liongard_url?: (string | null)
liongard_environmnet_id?: (number | null)
liongard_id?: (string | null)
kaseya_id?: (string | null)
kaseyavsa_url?: (string | null)
teamviewerid?: (string | null)
serialization_user?: (number | null)
zabbix_id?: (string | null)
zabbix_url?: (string | null)
stockbin_name?: (string | null)
issue_consignment_line_id?: (number | null)
datto_url?: (string | null)
ncentral_details_id?: (number | null)
nable_id?: (string | null)
connectwisecontrolid?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
workspace_id?: (string | null)
workspace_url?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_purchasedate?: (string | null)
logicmonitor_id?: (string | null)
barracudarmm_id?: (string | null)
icinga_id?: (string | null)
related_service_name?: (string | null)
related_service_count?: (number | null)
connectwisermm_id?: (string | null)
xensam_id?: (string | null)
asset_type_priority?: (number | null)
snipeit_id?: (string | null)
prometheus_id?: (string | null)
dynatrace_id?: (string | null)
vmworkspace_id?: (string | null)
tanium_id?: (string | null)
tenable_id?: (string | null)
kandji_id?: (string | null)
criticality_description?: (string | null)
auvik_id?: (string | null)
is_template?: (boolean | null)
aws_id?: (string | null)
changeguid?: (string | null)
intent?: (string | null)
service_id?: (number | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
new_access_control?: (AccessControl[] | null)
sqlimport_did?: (number | null)
extratabs?: (Tabname[] | null)
linked_service?: (Service | null)
is_linked_service?: (boolean | null)
runbook_button_id?: (number | null)
assettype_guid?: (string | null)
parent_guid?: (string | null)
child_guid?: (string | null)
manageengine_id?: (string | null)
manageengine_customer_id?: (string | null)
first_user_id?: (number | null)
changebackupexists?: (boolean | null)
_isbatch?: (boolean | null)
virima_id?: (string | null)
service_guid?: (string | null)
service_name?: (string | null)
lansweeperid?: (string | null)
}
export interface ContractRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The contract's reference, which people know it by.
 */
ref?: (string | null)
/**
 * A second reference.
 */
refextra?: (string | null)
/**
 * The client the contract is with.
 */
client_id?: (number | null)
/**
 * The only site it covers, where it is not the whole client.
 */
site_id?: (number | null)
/**
 * The user's number: a contact at the client, not an agent.
 */
user_id?: (number | null)
/**
 * The first day of the contract (ISO 8601, UTC, no zone).
 */
start_date?: (string | null)
/**
 * The last day of the contract (ISO 8601, UTC, no zone).
 */
end_date?: (string | null)
/**
 * How often it is billed, as Halo numbers periods.
 */
billingperiod?: (number | null)
/**
 * The text on the invoice.
 */
billingdescription?: (number | null)
/**
 * The status, as Halo numbers it.
 */
status?: (number | null)
/**
 * The status by name.
 */
contract_status?: (string | null)
/**
 * The sub-type of contract, by number.
 */
subtype?: (number | null)
/**
 * The type of contract, by number.
 */
contracttype?: (number | null)
/**
 * The SLA's number.
 */
sla_id?: (number | null)
/**
 * Free text.
 */
note?: (string | null)
/**
 * What is charged per period.
 */
periodchargeamount?: (number | null)
/**
 * Units included per period.
 */
numberofunitsfree?: (number | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * Whether it is in force.
 */
active?: (boolean | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * Whether it has run out. Answered by Halo.
 */
expired?: (boolean | null)
started?: (boolean | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The user's name. Answered by Halo, not needed in writes.
 */
user_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
periodicinvoicenextdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
next_invoice_date?: (string | null)
asset_value?: (number | null)
refextra2?: (string | null)
asset_sequence?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
next_call_date?: (string | null)
accounts_override_mailbox?: (number | null)
use?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
asset_end_date?: (string | null)
contracttype_name?: (string | null)
prepayrecurringchargebp?: (number | null)
force_recalculation?: (boolean | null)
cost_calculation?: (string | null)
sent_to_oracle?: (boolean | null)
createdby_id?: (number | null)
createdby_name?: (string | null)
key?: number
table?: number
billingcategory?: (number | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
_importtype?: (string | null)
new_external_link?: (ExternalLinkRow | null)
}
export interface TemplateRow {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
type?: (number | null)
domain?: (string | null)
group_id?: (number | null)
restriction_type?: (string | null)
restrictto_department_id?: (number | null)
restrictto_department_name?: (string | null)
restrictto_team_id?: (number | null)
restrictto_team_name?: (string | null)
restrictto_agent_id?: (number | null)
restrictto_agent_name?: (string | null)
summary?: (string | null)
tickettype_id?: (number | null)
rule_count?: (number | null)
creation_rules?: ({
[k: string]: unknown
}[] | null)
todo_list?: ({
[k: string]: unknown
}[] | null)
emailto?: (string | null)
emailcc?: (string | null)
emailsubject?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
time?: (string | null)
disabled?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastcreated?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextcreationdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextcreationdate_after_end?: (string | null)
execution_type?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date?: (string | null)
period?: (number | null)
create_locked?: (boolean | null)
one_ticket_id?: (number | null)
created_ticket_id?: (number | null)
approval_id?: (number | null)
reportarea?: (number | null)
reportarea_name?: (string | null)
restrictto_department_guid?: (string | null)
restrictto_team_guid?: (string | null)
clients?: (string | null)
tickettype_guid?: (string | null)
automationtype?: (number | null)
optionalservice?: (number | null)
optional_agent_id?: (number | null)
optional_team?: (string | null)
optional_status_id?: (number | null)
optional_tickettype_id?: (number | null)
optional_create_locked?: (boolean | null)
optional_defaultresourcetype?: (number | null)
optional_excludefromsla?: (number | null)
optional_customfields?: (CustomField[] | null)
optional_assets?: (AssetRowFields[] | null)
optional_forwardinboundupdates?: (number | null)
optional_showforusers?: (number | null)
optional_urgency?: (number | null)
optional_impact?: (number | null)
optional_workflow_id?: (number | null)
optional_estimate?: (number | null)
optional_category_1?: (string | null)
optional_category_2?: (string | null)
optional_category_3?: (string | null)
optional_category_4?: (string | null)
optional_priority_id?: (number | null)
optional_budgettype_id?: (number | null)
optional_kb_id?: (number | null)
optional_service?: (number | null)
optional_service_details_id?: (number | null)
service?: (number | null)
emailbcc?: (string | null)
optional_sla_id?: (number | null)
}
export interface DeviceApplications {
id?: number
licence_id?: (number | null)
name?: (string | null)
count?: (number | null)
did?: (number | null)
bundledesc?: (string | null)
cost?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastused?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
install_date?: (string | null)
snowid?: (string | null)
licence_required?: (boolean | null)
version?: (string | null)
licence_name?: (string | null)
user_id?: (number | null)
role_id?: (number | null)
role_name?: (string | null)
moduleid?: (number | null)
new_users?: (UserFields[] | null)
new_devices?: (AssetFields[] | null)
_warning?: (string | null)
}
export interface UserFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The full name.
 */
name?: (string | null)
/**
 * The given name.
 */
firstname?: (string | null)
/**
 * The family name.
 */
surname?: (string | null)
/**
 * The form of address, such as Dr.
 */
title?: (string | null)
/**
 * Initials, as shown in a picture's place.
 */
initials?: (string | null)
/**
 * The address that e-mails go to.
 */
emailaddress?: (string | null)
/**
 * A second e-mail address.
 */
email2?: (string | null)
/**
 * A third e-mail address.
 */
email3?: (string | null)
/**
 * The telephone number.
 */
phonenumber?: (string | null)
/**
 * The number of the mobile phone.
 */
mobilenumber?: (string | null)
/**
 * The private number.
 */
homenumber?: (string | null)
/**
 * The number to call first.
 */
phonenumber_preferred?: (string | null)
/**
 * The site the user belongs to. Halo needs this or `client_id` for a new user.
 */
site_id?: (number | null)
/**
 * The client the user belongs to.
 */
client_id?: (number | null)
/**
 * The name to log in to the portal with.
 */
login?: (string | null)
/**
 * The name to log in to Windows with, `DOMAIN\name`.
 */
networklogin?: (string | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * Whether the user is an important contact.
 */
isimportantcontact?: (boolean | null)
/**
 * Whether the user is the contact for contracts.
 */
iscontractcontact?: (boolean | null)
/**
 * True for an account that is not a person.
 */
isserviceaccount?: (boolean | null)
/**
 * True leaves the user out when users are counted for billing.
 */
ignoreautomatedbilling?: (boolean | null)
/**
 * True sends the user no e-mails.
 */
neversendemails?: (boolean | null)
/**
 * A field for what the MSP likes.
 */
other1?: (string | null)
/**
 * A second field for what the MSP likes.
 */
other2?: (string | null)
/**
 * A third field for what the MSP likes.
 */
other3?: (string | null)
/**
 * A fourth field for what the MSP likes.
 */
other4?: (string | null)
/**
 * A fifth field for what the MSP likes.
 */
other5?: (string | null)
/**
 * The distinguished name in Active Directory.
 */
activedirectory_dn?: (string | null)
/**
 * The object id in Entra ID (Azure AD). Search it with `advanced_search`.
 */
azureoid?: (string | null)
/**
 * The Azure tenant of the object id.
 */
azure_tenant_id?: (string | null)
/**
 * What the user may see in the portal, as Halo numbers it.
 */
web_access_level?: (number | null)
/**
 * True sends a welcome e-mail.
 */
sendwelcomeemail?: (boolean | null)
/**
 * The user's department.
 */
department?: (string | null)
/**
 * The e-mail address of the user's manager.
 */
manager_email?: (string | null)
/**
 * The agent that is the same person.
 */
linked_agent_id?: (number | null)
/**
 * The roles that give rights: `[{ id }]`.
 */
roles?: (UserRoles[] | null)
/**
 * Roles to add, leaving the others as they are: `[{ id }]`.
 */
add_roles?: (UserRoles[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The priority for the user's tickets.
 */
priority_id?: (number | null)
/**
 * The SLA for the user's tickets.
 */
slaid?: (number | null)
/**
 * A second identifier that Halo makes itself.
 */
key?: number
/**
 * The day the person was born (ISO 8601, UTC, no zone).
 */
date_of_birth?: (string | null)
/**
 * The number in WhatsApp.
 */
whatsapp_number?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
is_comms_user?: (boolean | null)
ischangeapprover2?: (boolean | null)
site_id_int?: (number | null)
sitephonenumber?: (string | null)
mobilenumber2?: (string | null)
fax?: (string | null)
telpref?: (number | null)
onpremise_activedirectory_dn?: (string | null)
container_dn?: (string | null)
colour?: (string | null)
default_currency_code?: (number | null)
site_guid?: (string | null)
area_guid?: (string | null)
site_cautomate_guid?: (string | null)
covered_by_contract?: (boolean | null)
contract_value?: (number | null)
software_role_name?: (string | null)
attachments?: (AttachmentFields[] | null)
custombuttons?: (CustomButton[] | null)
relationship_id?: (number | null)
user_relationships?: (XTypeRole[] | null)
uddevsite?: (number | null)
uddevnum?: (number | null)
uduserid?: (number | null)
userdevicerolecount?: (number | null)
site_hubspot_guid?: (string | null)
isimportantcontact2?: (boolean | null)
connectwiseid?: (number | null)
autotaskid?: (number | null)
messagegroup_id?: (number | null)
role_list?: (string | null)
sitetimezone?: (string | null)
client_account_manager_id?: (number | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
inv1?: (number | null)
inv2?: (number | null)
inv3?: (number | null)
inv4?: (number | null)
new_password?: (string | null)
dontackemails?: (boolean | null)
showmeonly?: (number | null)
showrecentonly?: (number | null)
inform?: (boolean | null)
inv1site?: (number | null)
inv2site?: (number | null)
inv3site?: (number | null)
inv4site?: (number | null)
inv5?: (number | null)
inv6?: (number | null)
inv7?: (number | null)
inv8?: (number | null)
inv9?: (number | null)
inv10?: (number | null)
inv5site?: (number | null)
inv6site?: (number | null)
inv7site?: (number | null)
inv8site?: (number | null)
inv9site?: (number | null)
inv10site?: (number | null)
informaction?: (boolean | null)
informclearance?: (boolean | null)
inv11?: (number | null)
inv12?: (number | null)
inv13?: (number | null)
inv14?: (number | null)
inv15?: (number | null)
inv16?: (number | null)
inv17?: (number | null)
inv18?: (number | null)
inv19?: (number | null)
inv20?: (number | null)
inv21?: (number | null)
inv22?: (number | null)
inv23?: (number | null)
inv24?: (number | null)
inv25?: (number | null)
inv11site?: (number | null)
inv12site?: (number | null)
inv13site?: (number | null)
inv14site?: (number | null)
inv15site?: (number | null)
inv16site?: (number | null)
inv17site?: (number | null)
inv18site?: (number | null)
inv19site?: (number | null)
inv20site?: (number | null)
inv21site?: (number | null)
inv22site?: (number | null)
inv23site?: (number | null)
inv24site?: (number | null)
inv25site?: (number | null)
showslatimes?: (boolean | null)
canadd?: (boolean | null)
allowviewsitedocs?: (boolean | null)
third_party_guid?: (string | null)
third_party_sql?: (string | null)
ischangeapprover?: (boolean | null)
cancreateuser?: (boolean | null)
isheadofdept?: (boolean | null)
deputysite?: (number | null)
deputyusername?: (string | null)
cat2?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastlogindate?: (string | null)
informnewarea?: (boolean | null)
informactionarea?: (boolean | null)
informclearancearea?: (boolean | null)
disclaimermatchstring?: (string | null)
viewallcleared?: (boolean | null)
isexternal?: (boolean | null)
question1?: (number | null)
question2?: (number | null)
question3?: (number | null)
question4?: (number | null)
question5?: (number | null)
dontaddtomailinglist?: (boolean | null)
caneditwebdetails?: (boolean | null)
cataloglevel?: (number | null)
canaccesscatalog?: (boolean | null)
hasbeentrained?: (boolean | null)
admanager?: (string | null)
canviewcontracts?: (boolean | null)
ispoapprover?: (boolean | null)
encmethod?: (number | null)
adconnection?: (number | null)
useadlogin?: (number | null)
welcomeemail_template_id?: (number | null)
resetpassword?: (boolean | null)
_anonymise?: (boolean | null)
_reassign_all_to_user?: (number | null)
ismaincontact?: (boolean | null)
primary_address?: (Address | null)
addresses?: (Address[] | null)
departments?: (UserDepartment[] | null)
organisation_id?: (number | null)
popup_notes?: (AreaPopup[] | null)
open_ticket_count?: (number | null)
onhold_ticket_count?: (number | null)
total_ticket_count?: (number | null)
opened_thismonth_count?: (number | null)
_isnew?: (boolean | null)
_isimport?: (boolean | null)
memberof?: (string | null)
_importtype?: (string | null)
usercompany?: (UserCompany[] | null)
supplier?: (UserSupplier | null)
supplier_name?: (string | null)
claims?: (Claim[] | null)
app_colour?: (string | null)
emailconfirmed?: (boolean | null)
agent_app_url?: (string | null)
imagedata?: (string | null)
webannouncement?: (string | null)
cautomateid?: (number | null)
azure_connectionid?: (number | null)
_importtoken?: (string | null)
jira_id?: (string | null)
zapier_client_name?: (string | null)
delegation_activated?: (boolean | null)
delegation_timebased?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
delegation_start?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
delegation_end?: (string | null)
delegation_user_id?: (number | null)
delegation_user_name?: (string | null)
googleworkplace_id?: (string | null)
isnhserveremaildefault?: boolean
matchprimaryemail?: (boolean | null)
servicenow_id?: (string | null)
servicenow_username?: (string | null)
site_servicenow_id?: (string | null)
sgatewayid?: (string | null)
software?: (DeviceApplications[] | null)
canaccessinvoices?: (boolean | null)
samaccountname?: (string | null)
oktaid?: (string | null)
okta_status?: (string | null)
authenticatorapp_configured?: (boolean | null)
_revoke_authenticatorapp?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
ulastupdate?: (string | null)
_isopp?: (boolean | null)
oppcompanyname?: (string | null)
oppcontactname?: (string | null)
oppemailaddress?: (string | null)
assets?: (AssetRowFields[] | null)
locked?: (boolean | null)
site_guid2?: (string | null)
allowviewclientdocs?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
azure_last_login_date?: (string | null)
linked_user_id?: (number | null)
linked_user_name?: (string | null)
hubspot_id?: (string | null)
hubspot_url?: (string | null)
hubspot_dont_sync?: (boolean | null)
hubspot_archived?: (boolean | null)
passportal_id?: (number | null)
passportal_client_id?: (number | null)
opportunity_id?: (number | null)
_warning?: (string | null)
isuserdetails?: (boolean | null)
hudu_url?: (string | null)
sqlimport_id?: (number | null)
unsubscribed?: (boolean | null)
canviewopps?: (boolean | null)
azure_tenant_domain?: (string | null)
servicenow_companyid?: (string | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
salesforce_dontsync?: (boolean | null)
_hascontactsenabled?: (boolean | null)
new_site_name?: (string | null)
_isbatch?: (boolean | null)
azure_roleid?: (number | null)
facebook_id?: (number | null)
facebook_username?: (string | null)
twitter_id?: (number | null)
twitter_username?: (string | null)
_merge_user_into?: (number | null)
_email_collision?: (number | null)
_dont_fire_automations?: (boolean | null)
device_access_level?: (number | null)
ticket_customfields?: (CustomField[] | null)
_remove_licenses?: (boolean | null)
_new_usersite_only?: (boolean | null)
thirdpartygroups?: (UserThirdPartyGroup[] | null)
linked_sites?: (ExternalLinkRow[] | null)
dontackemails2?: (boolean | null)
instagram_id?: (number | null)
instagram_username?: (string | null)
jira_instance?: (number | null)
jira_instance_name?: (string | null)
third_party_id?: (string | null)
no_manager_roleid?: (number | null)
matching_value?: (string | null)
theme?: (string | null)
lang?: (string | null)
gocardless_customfields?: ({
[k: string]: unknown
} | null)
service_account_overridden?: (boolean | null)
item_tax_code?: (number | null)
automatic_sales_tax?: (boolean | null)
client_taxable?: (boolean | null)
overridepdftemplatequote?: (number | null)
overridepdftemplatequote_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
contract_end_date?: (string | null)
okta_id?: (string | null)
azure_id?: (string | null)
user_with_clientsite?: (string | null)
client_automatic_callscript_id?: (number | null)
sitephonenumberint?: (number | null)
phonenumberint?: (number | null)
homenumberint?: (number | null)
mobileint?: (number | null)
mobilenumber2int?: (number | null)
faxint?: (number | null)
sqlimport_user?: (string | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
sendaccountsemails?: (boolean | null)
extratabs?: (Tabname[] | null)
informifack?: (boolean | null)
informnewareaifack?: (boolean | null)
marketing_unsubscribes?: (MarketingUnsubscribe[] | null)
new_account_name?: (string | null)
prospect_account_id?: (number | null)
open_opportunity_count?: (number | null)
_convert_phonenumbers?: (boolean | null)
update_user_tickets?: (boolean | null)
check_update_user_tickets?: (boolean | null)
canuploaddocuments?: (boolean | null)
runbook_button_id?: (number | null)
table?: number
neversendmarketingemails?: (boolean | null)
is_prospect?: (boolean | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
}
export interface AreaPopup {
id?: number
client_id?: (number | null)
site_id?: (number | null)
user_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_created?: (string | null)
note?: (string | null)
dismissable?: (boolean | null)
read_status?: (number | null)
displaymodal?: (boolean | null)
displayhtml?: (boolean | null)
limitdaterange?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddate?: (string | null)
_warning?: (string | null)
}
export interface UserCompany {
company_id?: (number | null)
user_id?: (number | null)
name?: (string | null)
_warning?: (string | null)
}
export interface UserSupplier {
id?: (number | null)
name?: (string | null)
}
export interface Claim {
type?: (string | null)
value?: (string | null)
}
export interface UserThirdPartyGroup {
id?: number
userid?: (number | null)
thirdpartyid?: (string | null)
_warning?: (string | null)
}
export interface Tabname {
id?: (number | null)
intent?: (string | null)
guid?: (string | null)
name?: (string | null)
tableid?: (number | null)
columns?: (number | null)
sequence?: (number | null)
fields?: ({
[k: string]: unknown
}[] | null)
url?: (string | null)
linked_dashboard_id?: (number | null)
icon?: (string | null)
_warning?: (string | null)
send_secure_url_parameter?: (boolean | null)
new_iframe_secret?: (string | null)
module_id?: (number | null)
}
export interface MarketingUnsubscribe {
id?: number
mailcampaign_id?: (number | null)
user_id?: (number | null)
email_address?: (string | null)
email_unsubscribed?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_unsubscribed?: (string | null)
user_name?: (string | null)
mailcampaign_name?: (string | null)
email_unsubscribed_name?: (string | null)
token?: (string | null)
validate_token?: (boolean | null)
unsub_all?: (boolean | null)
}
export interface ItemStock {
id?: number
item_id?: (number | null)
item_name?: (string | null)
item_assettype_id?: (number | null)
stocklocation_id?: (number | null)
stocklocation_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
quantity_in?: (number | null)
quantity_issued?: (number | null)
quantity_remaining?: (number | null)
cost?: (number | null)
supplier_id?: (number | null)
supplier_name?: (string | null)
purchaseorder_id?: (number | null)
purchaseorder_line_id?: (number | null)
purchaseorder_ref?: (string | null)
salesorder_id?: (number | null)
ticket_id?: (number | null)
serialised_asset_count?: (number | null)
serialised_assets_in_stock?: (number | null)
serialised_assets?: (AssetRowFields[] | null)
is_stock_take?: (boolean | null)
_warning?: (string | null)
line_site_id?: (number | null)
stockbin_id?: (number | null)
note?: (string | null)
real_quantity_in?: (number | null)
_isimport?: (boolean | null)
stockbin_name?: (string | null)
serialise_only_one?: (boolean | null)
delivering_to_user?: (boolean | null)
}
export interface ServiceRow {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
summary?: (string | null)
sequence?: (number | null)
showinusercatalog?: (boolean | null)
showintechcatalog?: (boolean | null)
trackstatus?: (boolean | null)
service_category_id?: (number | null)
service_category_guid?: (string | null)
service_category_name?: (string | null)
business_owner_id?: (number | null)
business_owner_name?: (string | null)
business_owner_cab_id?: (number | null)
business_owner_cab_name?: (string | null)
technical_owner_id?: (number | null)
technical_owner_name?: (string | null)
technical_owner_cab_id?: (number | null)
technical_owner_cab_name?: (string | null)
compliance_owner_id?: (number | null)
compliance_owner_name?: (string | null)
compliance_owner_cab_id?: (number | null)
compliance_owner_cab_name?: (string | null)
cost?: (number | null)
estimated_delivery?: (number | null)
estimated_delivery_days?: (number | null)
subscribable?: (boolean | null)
subscriber_count?: (number | null)
asset_count?: (number | null)
assettype_id?: (number | null)
assettype_ids?: (string | null)
current_status?: (number | null)
status_message_update_internal?: (string | null)
status_message_update_public?: (string | null)
using_default_public_message?: (boolean | null)
status_ticket_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_date?: (string | null)
service_tickettype_id?: (number | null)
serviceshownewreqscreen?: (boolean | null)
service_template_id?: (number | null)
newservicereqtype?: (number | null)
incident_tickettype_id?: (number | null)
incident_template_id?: (number | null)
newincidenttype?: (number | null)
relatedworkdayid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_end_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_ticket_start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_ticket_end_date?: (string | null)
requestdetails_count?: (number | null)
requestdetail_url?: (string | null)
requestdetail_shownewreqscreen?: (boolean | null)
requestdetail_type?: (number | null)
screenafterlogging?: (number | null)
pricingrange?: (number | null)
override_site_id?: (number | null)
failcreaterequest?: (boolean | null)
workdays?: (number | null)
checkminutes?: (number | null)
failalwaysnewrequest?: (boolean | null)
criticality?: (number | null)
search_score?: (number | null)
use?: (string | null)
icon?: (string | null)
relatedworkdayid_name?: (string | null)
relatedworkdayid_content?: (string | null)
status_message_update_internal_html?: (string | null)
status_message_update_public_html?: (string | null)
future_statuses?: ({
[k: string]: unknown
}[] | null)
current_statuses?: ({
[k: string]: unknown
}[] | null)
service_url?: (string | null)
incident_url?: (string | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
_isimport?: (boolean | null)
link?: (string | null)
requestdetails_id?: (number | null)
device_id?: (number | null)
tag_string?: (string | null)
device_guid?: (string | null)
device_name?: (string | null)
}
export interface FaultItem {
id?: number
ticket_id?: (number | null)
item_id?: (number | null)
quantity?: (number | null)
quantity_shipped?: (number | null)
unit?: (number | null)
costprice?: (number | null)
price?: (number | null)
status?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_shipped?: (string | null)
note?: (string | null)
note2?: (string | null)
name?: (string | null)
supplier_part_code?: (string | null)
stocklocation_id?: (number | null)
stocklocation_name?: (string | null)
quantity_in_stock?: (number | null)
asset_number?: (number | null)
asset_site?: (number | null)
warranty_reported?: (boolean | null)
selected?: (boolean | null)
stock_adjusted_already?: (boolean | null)
cost_centre?: (number | null)
agent_id?: (number | null)
assetgroup_name?: (string | null)
assettype_id?: (number | null)
assettype_name?: (string | null)
supplier_name?: (string | null)
tax?: (number | null)
item_tax_code?: (number | null)
item_taxable?: (boolean | null)
item_generic?: (number | null)
item_recurring?: (boolean | null)
item_internal_reference?: (string | null)
item_external_reference?: (string | null)
item_tax_name?: (string | null)
net_total?: (number | null)
total_price?: (number | null)
total_tax?: (number | null)
total_net_total?: (number | null)
consignment_ids?: (number[] | null)
asset_id?: number
from_order_id?: (number | null)
from_order_line?: (number | null)
reserved_assets?: (AssetRowFields[] | null)
inventory_number?: (string | null)
stockbin_id?: (number | null)
asset_type_matching_field_name?: (string | null)
_warning?: (string | null)
budgettype_id?: (number | null)
}
export interface LansweeperSoftware {
name?: (string | null)
publisher?: (string | null)
version?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
installDate?: (string | null)
}
export interface PurchaseOrder {
id?: number
customfields?: (CustomField[] | null)
use?: (string | null)
title?: (string | null)
ticket_id?: (number | null)
status?: (number | null)
po_ref?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
datesent?: (string | null)
carriage_desc?: (string | null)
carriage_price?: (number | null)
auth_by?: (string | null)
note?: (string | null)
price?: (number | null)
tax_total?: (number | null)
total?: (number | null)
supplier_id?: (number | null)
supplier_name?: (string | null)
goodsin_status?: (number | null)
"3rd_party_ponumber"?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_published?: (string | null)
approval_status?: (number | null)
approval_start?: (boolean | null)
assigned_agent?: (number | null)
assigned_agent_name?: (string | null)
approvalagent?: (number | null)
approvalemailaddress?: (string | null)
approvalnote?: (string | null)
approvalagentid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
approvaldatetime?: (string | null)
thirdparty_status?: (number | null)
accounts_ref?: (string | null)
deliver_to_us?: (boolean | null)
deliver_to_so_address?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
est_delivery_date?: (string | null)
salesorder_id?: (number | null)
currency?: (string | null)
user?: unknown
user_id?: (number | null)
user_name?: (string | null)
site_id?: (number | null)
site_name?: (string | null)
client_id?: (number | null)
client_name?: (string | null)
cost_centre_id?: (number | null)
cost_centre_name?: (string | null)
ticket_summary?: (string | null)
ticket_note?: (string | null)
attachment_id?: (number | null)
lines?: ({
[k: string]: unknown
}[] | null)
add_lines?: ({
[k: string]: unknown
}[] | null)
_validateonly?: (boolean | null)
_print_preview?: (boolean | null)
_print_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
pdftemplate_id?: (number | null)
pdftemplate_name?: (string | null)
createdbyagentname?: (string | null)
xero_id?: (string | null)
xero_tenant_id?: (string | null)
xero_status?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_synced?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_update_time?: (string | null)
requires_approval?: (boolean | null)
_warning?: (string | null)
so_assets?: (AssetRowFields[] | null)
warrantyurl?: (string | null)
qbo_company_id?: (string | null)
qbo_id?: (number | null)
_iscopy?: (boolean | null)
_create_invoice?: (boolean | null)
_create_invoice_method?: (number | null)
_create_invoice_percentage?: (number | null)
_create_invoice_lines?: ({
[k: string]: unknown
}[] | null)
_return_invoice?: (boolean | null)
percentage_invoiced?: (number | null)
invoices?: (InvoiceFields[] | null)
invoice_count?: (number | null)
intacct_save_location?: (string | null)
currency_code?: (number | null)
currency_code_name?: (string | null)
currency_conversion_rate?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
duedate?: (string | null)
intacct_class?: (string | null)
intacct_class_name?: (string | null)
suppliers_order_reference?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
_create_invoice_invoice_date?: (string | null)
deladdress1?: (string | null)
deladdress2?: (string | null)
deladdress3?: (string | null)
deladdress4?: (string | null)
deladdress5?: (string | null)
delivery_address?: (Address | null)
_forcethirdpartysync?: (boolean | null)
_create_invoice_amount?: (number | null)
_create_invoice_qty?: (number | null)
_create_invoice_line_description?: (string | null)
_ticket_access?: (boolean | null)
third_party_id?: (string | null)
is_po_screen?: (boolean | null)
avalara_details_id?: (number | null)
avalara_details_name?: (string | null)
new_external_link?: (ExternalLinkRow | null)
_novalidate?: (boolean | null)
_dotaxsync?: (boolean | null)
originaddress?: (Address | null)
originaddress1?: (string | null)
originaddress2?: (string | null)
originaddress3?: (string | null)
originaddress4?: (string | null)
originaddress5?: (string | null)
deliver_to_ticket_address?: (boolean | null)
delivery_backup?: (number | null)
below_approval_minimum?: (boolean | null)
approval_for_below_minimum?: (boolean | null)
_purchasing_run?: (boolean | null)
_dodistributorsync?: (boolean | null)
custombuttons?: (CustomButton[] | null)
extratabs?: (Tabname[] | null)
_dont_fire_automations?: (boolean | null)
approval_process_id?: (number | null)
use_ticket_approval?: (boolean | null)
new_approvalprocess_agent_id?: (number | null)
new_approvalprocess_user_id?: (number | null)
new_approvalprocess_users?: (UserRowFields[] | null)
new_approvalprocess_email?: (string | null)
new_approvalprocess_cab_id?: (number | null)
new_approvalprocess_cab?: (CabMember[] | null)
new_approvalprocess_role_id?: (number | null)
_isbatch?: (boolean | null)
token?: (string | null)
receipt_confirmed?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
receipt_confirmation_date?: (string | null)
revenue?: (number | null)
external_links?: (ExternalLinkRow[] | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
_importtype?: (string | null)
}
export interface InvoiceFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The client who is billed.
 */
client_id?: (number | null)
/**
 * The ticket that is billed.
 */
ticket_id?: (number | null)
/**
 * The contract that is billed.
 */
contract_id?: (number | null)
/**
 * The sales order that is billed.
 */
salesorder_id?: (number | null)
/**
 * A title for the invoice.
 */
name?: (string | null)
/**
 * The date on the invoice (ISO 8601, UTC, no zone).
 */
invoice_date?: (string | null)
/**
 * When it is to be paid (ISO 8601, UTC, no zone).
 */
duedate?: (string | null)
/**
 * A reference that the client sees.
 */
reference?: (string | null)
/**
 * The invoice's number as printed.
 */
invoicenumber?: (string | null)
/**
 * The currency's number.
 */
currency?: (string | null)
/**
 * The lines: `[{ item_code, item_shortdescription, qty_order, unit_price, … }]`.
 */
lines?: (InvoiceLine[] | null)
/**
 * A first note printed on it.
 */
notes_1?: (string | null)
/**
 * A second note printed on it.
 */
notes_2?: (string | null)
/**
 * A third note printed on it.
 */
notes_3?: (string | null)
/**
 * A note that the client does not see.
 */
internal_note?: (string | null)
/**
 * The postal address.
 */
address?: (Address | null)
/**
 * Where it is shipped.
 */
shipaddress?: (Address | null)
/**
 * Whether it is the pattern that recurring invoices are made from.
 */
is_recurring_invoice?: (boolean | null)
/**
 * When the next invoice is made from the pattern (ISO 8601, UTC, no zone).
 */
nextcreationdate?: (string | null)
/**
 * How often an invoice is made from the pattern, as Halo numbers periods.
 */
period?: (number | null)
/**
 * Whether it has reached the accounting package.
 */
posted?: (boolean | null)
/**
 * Whether it is paid, as Halo numbers it.
 */
paymentstatus?: (number | null)
/**
 * When it was sent (ISO 8601, UTC, no zone).
 */
datesent?: (string | null)
/**
 * True marks it paid.
 */
markaspaid?: (boolean | null)
/**
 * Whether it was voided.
 */
voided?: (boolean | null)
/**
 * Whether somebody has to review it first.
 */
reviewrequired?: (boolean | null)
/**
 * The client's order number.
 */
cust_order_number?: (string | null)
/**
 * The template that it is printed with.
 */
pdftemplate_id?: (number | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * When it begins (ISO 8601, UTC, no zone).
 */
startdate?: (string | null)
/**
 * When it ends (ISO 8601, UTC, no zone).
 */
enddate?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * The total with tax. Answered by Halo.
 */
total?: number
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The time of day (ISO 8601, UTC, no zone).
 */
time?: (string | null)
disabled?: (boolean | null)
use?: (string | null)
sitenumber?: (number | null)
accountsid?: (string | null)
uid?: (number | null)
thirdpartyinvoicenumber?: (string | null)
address1?: (string | null)
address2?: (string | null)
address3?: (string | null)
address4?: (string | null)
address5?: (string | null)
deladdress1?: (string | null)
deladdress2?: (string | null)
deladdress3?: (string | null)
deladdress4?: (string | null)
deladdress5?: (string | null)
tel_number?: (string | null)
contactname?: (string | null)
global_tax_code?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
schedule_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateposted?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_synced?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
taken_by?: (string | null)
order_number?: (string | null)
payment_ref?: (string | null)
global_nom_code?: (string | null)
global_details?: (string | null)
invoice_type_code?: (string | null)
datetype?: (number | null)
percentold?: (number | null)
percent?: (number | null)
contract_ref?: (string | null)
currency_code?: (number | null)
currency_code_name?: (string | null)
currency_conversion_rate?: (number | null)
paymentterms?: (number | null)
hideinvoice?: (boolean | null)
invoicetype?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
datepaid?: (string | null)
xeroid?: (string | null)
amountpaid?: (number | null)
amountdue?: (number | null)
emailstatus?: (number | null)
originaddress?: (Address | null)
add_lines?: (InvoiceLine[] | null)
_print_preview?: (boolean | null)
_print_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
pdf_attachment_date_created?: (string | null)
pdftemplate_name?: (string | null)
revenue?: (number | null)
tax_total?: (number | null)
_is_invoice_run?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
_billing_cut_off?: (string | null)
schedule_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastcreated?: (string | null)
schedule?: (Template | null)
create_recurring_invoice?: (boolean | null)
take_auto_payment?: (boolean | null)
recurring_invoice_id?: (number | null)
add_contract_assets?: (number | null)
add_labour?: (number | null)
add_project?: (number | null)
add_travel?: (number | null)
add_mileage?: (number | null)
add_itemsissued?: (number | null)
add_prepay?: (number | null)
add_salesorder?: (number | null)
force_creation?: (boolean | null)
_create_from_areaitems?: (AreaItem[] | null)
_create_from_contract?: (number | null)
_validateonly?: (boolean | null)
qboid?: (number | null)
billingcategory?: (number | null)
_sendmassinvoice?: (boolean | null)
xero_tenant_id?: (string | null)
xero_branding_theme_id?: (string | null)
xero_branding_theme_name?: (string | null)
xero_branding_theme?: (KeyPair2 | null)
due_date_int?: (number | null)
due_date_type?: (number | null)
createdbyagentname?: (string | null)
mailboxid?: (number | null)
period_type?: (number | null)
kashflow_tenant_id?: (number | null)
kashflowid?: (number | null)
kashflow_pdf?: (string | null)
original_client_id?: (number | null)
original_client_name?: (string | null)
xero_status?: (string | null)
merge_data?: (InvoiceHeaderMerge[] | null)
snelstart_id?: (string | null)
daysplus?: (number | null)
periodname?: (string | null)
_isimport?: (boolean | null)
duedatename?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_created?: (string | null)
invoice_prorata_periods_ahead?: (number | null)
nextcreationperiod?: (string | null)
qbo_company_id?: (string | null)
intacct_recordno?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
period_start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
period_end_date?: (string | null)
payments?: (InvoicePaymentRow[] | null)
markaspaidmoduleid?: (number | null)
dbc_id?: (string | null)
dbc_company_id?: (string | null)
_warning?: (string | null)
creditlinkedtoinvoiceid?: (number | null)
creditlinkedtoinvoiceid_thirdpartynumber?: (string | null)
purchaseorder_id?: (number | null)
sage_business_cloud_details_id?: (number | null)
sage_business_cloud_id?: (string | null)
exact_id?: (string | null)
exact_division?: (number | null)
xero_line_tax?: (string | null)
invoice_auto_increase_period?: (number | null)
invoice_percent_increase?: (number | null)
schedule_ignore_delete?: (boolean | null)
assigned_agent?: (number | null)
assigned_agent_name?: (string | null)
approval_status?: (number | null)
approvalagent?: (number | null)
approvalemailaddress?: (string | null)
approvalnote?: (string | null)
approvalagentid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
approvaldatetime?: (string | null)
ticket_summary?: (string | null)
ticket_note?: (string | null)
approval_start?: (boolean | null)
requires_approval?: (boolean | null)
xero_online_invoice_payment_url?: (string | null)
generic_online_invoice_payment_url?: (string | null)
intacct_save_location?: (string | null)
intacctseparatetaxline?: (number | null)
intacct_class?: (string | null)
intacct_class_name?: (string | null)
take_payment_on_duedate?: (number | null)
contains_calculated_quantity?: (boolean | null)
_importtype?: (string | null)
intacct_tax_solution?: (string | null)
intacct_tax_solution_name?: (string | null)
intacct_project?: (string | null)
intacct_project_name?: (string | null)
_create_credit_note?: (boolean | null)
supplier_id?: (number | null)
supplier_name?: (string | null)
_dont_fire_automations?: (boolean | null)
_is_process?: (boolean | null)
_is_task_schedule?: (boolean | null)
payments_pending?: (number | null)
include_in_autopay?: (boolean | null)
_forcethirdpartysync?: (boolean | null)
client_to_invoice_to_id?: (number | null)
creation_source?: (string | null)
typeid?: (number | null)
twilio_invoice?: (boolean | null)
invoice_separately?: (boolean | null)
minimum_price_active?: (boolean | null)
minimum_line_description?: (string | null)
minimum_amount?: (number | null)
avalara_details_id?: (number | null)
qbo_term_name?: (string | null)
qbo_term_id?: (number | null)
qbo_term?: (KeyPair2 | null)
avalara_details_name?: (string | null)
credit_outstanding_for_customer?: (number | null)
credit_outstanding?: (number | null)
credit_used?: (number | null)
mark_credit_as_used?: (boolean | null)
apply_credit?: (boolean | null)
apply_credit_id?: (number | null)
apply_credit_amount?: (number | null)
apply_credit_description?: (string | null)
apply_credit_long_description?: (string | null)
invoice_display?: (string | null)
_novalidate?: (boolean | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
_dotaxsync?: (boolean | null)
sync_include_paid?: (boolean | null)
dont_set_original_client_id?: (boolean | null)
_docommitsync?: (boolean | null)
_ignore_dont_send_invoice?: (boolean | null)
originaddress1?: (string | null)
originaddress2?: (string | null)
originaddress3?: (string | null)
originaddress4?: (string | null)
originaddress5?: (string | null)
amount_remaining?: (number | null)
composite_tax_total?: (number | null)
_xmlwarning?: (string | null)
creditlinkedtoinvoiceid_typeid?: (number | null)
credit_total?: (number | null)
exact_payment_conditon_name?: (string | null)
exact_payment_conditon_id?: (string | null)
exact_payment_conditon?: (KeyPair2 | null)
apply_credit_tax_type?: (number | null)
sqlimport_id?: (number | null)
invoice_match_id?: (string | null)
ticket_client_to_invoice_to_id?: (number | null)
most_recent_invoice_id?: (number | null)
most_recent_invoice_type?: (number | null)
custombuttons?: (CustomButton[] | null)
extratabs?: (Tabname[] | null)
update_invoice_conversion_rate?: (boolean | null)
conversion_rate?: (number | null)
dont_sync_to_3rd_party?: (boolean | null)
is_invoice_screen?: (boolean | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
}
export interface InvoiceLine {
/**
 * The line's number. A nested line without it is added.
 */
id?: number
customfields?: (CustomField[] | null)
ihid?: (number | null)
/**
 * The item's code.
 */
item_code?: (string | null)
/**
 * The text on the invoice.
 */
item_shortdescription?: (string | null)
item_longdescription?: (string | null)
nominal_code?: (string | null)
tax_code?: (string | null)
/**
 * How many.
 */
qty_order?: (number | null)
/**
 * The price of one.
 */
unit_price?: (number | null)
unit_price_converted?: (number | null)
net_amount?: (number | null)
tax_amount?: (number | null)
tax_rate?: (number | null)
comment_1?: (string | null)
comment_2?: (string | null)
itemonorder?: (boolean | null)
dsite?: (number | null)
ddevnum?: (number | null)
_itemid?: (number | null)
productnumber?: (string | null)
/**
 * What one costs the MSP.
 */
unit_cost?: (number | null)
asset_id?: (number | null)
asset_inventory_number?: (string | null)
contract_id?: (number | null)
recurring_invoice_id?: (number | null)
recurring_invoice_line_id?: (number | null)
actioncode?: (number | null)
site?: (number | null)
meter_id?: (number | null)
ticket_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
lineactiondate?: (string | null)
labourdepartmentid?: (number | null)
salesorder_line?: (number | null)
salesorder_line_id?: (number | null)
meter_pricing_method?: (number | null)
line_fully_invoiced?: (boolean | null)
xero_lineid?: (string | null)
prepay_id?: (number | null)
calculate_price_from_assets?: (boolean | null)
calculate_price_from_users?: (boolean | null)
creditlinkedidid?: (number | null)
recurring_invoice_price_type?: (number | null)
entity_type?: (string | null)
item_internal_reference?: (string | null)
item_external_reference?: (string | null)
linked_item?: (ItemFields | null)
item_tax_name?: (string | null)
xero_tax_code?: (string | null)
override_ast_total?: (number | null)
prorata_next_invoice?: (boolean | null)
prorata_quantity?: (number | null)
prorata_unit_price?: (number | null)
prorata_shortdescription?: (string | null)
prorata_longdescription?: (string | null)
isinactive?: (boolean | null)
period_type?: (number | null)
group_id?: (number | null)
isgroupdesc?: (boolean | null)
kashflow_line_id?: (number | null)
_is_calculated_line?: (boolean | null)
tax_code_overriden?: (boolean | null)
is_meter?: (boolean | null)
current_reading?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_reading_date?: (string | null)
prorata_data?: ({
[k: string]: unknown
}[] | null)
quantity_users?: ({
[k: string]: unknown
}[] | null)
quantity_assets?: ({
[k: string]: unknown
}[] | null)
quantity_licences?: ({
[k: string]: unknown
}[] | null)
quantity_subscriptions?: ({
[k: string]: unknown
}[] | null)
recurring_invoice_quantity_type?: (number | null)
_warning?: (string | null)
billingperiod?: (number | null)
line_periods?: (number | null)
percent_increase?: (number | null)
min_meter_units?: (number | null)
sequenceid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddate?: (string | null)
autorenew?: (boolean | null)
intacct_location_id?: (string | null)
intacct_department_id?: (string | null)
synced_to_intacct?: (boolean | null)
hideitems?: (boolean | null)
includegrouppriceandqty?: (boolean | null)
auto_increase_period?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
auto_increase_last_date?: (string | null)
onetimecharge?: (boolean | null)
onetimechargeinvoiceid?: (number | null)
needsreviewbeforecreation?: (boolean | null)
reviewed?: (boolean | null)
metertype?: (number | null)
importcsvid?: (number | null)
force_new?: (boolean | null)
client_name?: (string | null)
dbc_id?: (string | null)
purchaseorder_id?: (number | null)
purchaseorder_line_id?: (number | null)
discount_perc?: (number | null)
exclude_auto_increase?: (boolean | null)
createproratanormallines?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
createproratadate?: (string | null)
pro_rata_line_id?: (number | null)
supplier?: (number | null)
supplier_name?: (string | null)
hide_on_pdf?: (boolean | null)
intacct_warehouse_id?: (string | null)
invoice_class?: (string | null)
percent_invoiced?: (number | null)
is_bundled_line?: (boolean | null)
meter_tiers?: ({
[k: string]: unknown
}[] | null)
meter_min_quantity?: (number | null)
original_client_id?: (number | null)
myob_location?: (string | null)
myob_row_id?: (number | null)
dbc_sequence_id?: (number | null)
minimum_line_total?: (number | null)
hide_grouped_items_price?: (boolean | null)
credit_id?: (number | null)
_temp_order_id?: (number | null)
_temp_order_seq?: (number | null)
_temp_order_qty?: (number | null)
item_tax_code?: (number | null)
_updateprorata?: (boolean | null)
override_tax_code?: (number | null)
baseprice_converted?: (number | null)
baseprice?: (number | null)
unitprice_converted?: (number | null)
total_tax_converted?: (number | null)
net_total?: (number | null)
tax_converted?: (number | null)
total_tax?: (number | null)
total_price?: (number | null)
total_discount?: (number | null)
discount_converted?: (number | null)
net_amount_converted?: (number | null)
total_price_converted?: (number | null)
_importtype?: (string | null)
_isimport?: (boolean | null)
tax_name?: (string | null)
taxRuleResult?: ({
[k: string]: unknown
}[] | null)
decimalplacesforinvoices?: (number | null)
total_net_total?: (number | null)
quantity_custom?: (number | null)
autorenewperiod?: (number | null)
is_deferred_revenue?: (boolean | null)
deferred_revenue_olid?: (number | null)
deferred_revenue_olseq?: (number | null)
is_recognised_revenue?: (boolean | null)
no_tax_override?: (boolean | null)
bundle_id?: (number | null)
bundle_name?: (string | null)
bundle_line_id?: (number | null)
xero_category_1_lookup?: (string | null)
xero_category_2_lookup?: (string | null)
xero_category_1_lookup_name?: (string | null)
xero_category_2_lookup_name?: (string | null)
use_rpi_increase?: (boolean | null)
merge_lines_if_matched?: (boolean | null)
surcharge_id?: (number | null)
}
export interface ItemFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The item's name.
 */
name?: (string | null)
/**
 * The text on quotes and invoices.
 */
description?: (string | null)
/**
 * The text on purchase orders.
 */
purchase_description?: (string | null)
/**
 * The group of asset types.
 */
assetgroup_id?: (number | null)
/**
 * The type of asset that one becomes when it is delivered.
 */
assettype_id?: (number | null)
/**
 * The kind of item, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * What one is sold for.
 */
baseprice?: (number | null)
/**
 * What it costs the MSP.
 */
costprice?: (number | null)
/**
 * What one is sold for per period.
 */
recurringprice?: (number | null)
/**
 * What one costs per period.
 */
recurringcost?: (number | null)
/**
 * Whether it is billed repeatedly.
 */
isrecurringitem?: (boolean | null)
/**
 * What is added to the cost, in percent.
 */
markupperc?: (number | null)
/**
 * The usual supplier.
 */
supplier_id?: (number | null)
/**
 * The supplier's number for it.
 */
supplier_part_code?: (string | null)
/**
 * The MSP's own number for it.
 */
internalreference?: (string | null)
/**
 * A number for it elsewhere.
 */
externalreference?: (string | null)
/**
 * The account that sales are posted to.
 */
nominalcode?: (string | null)
/**
 * The account that purchases are posted to.
 */
purchasenominalcode?: (string | null)
/**
 * The tax code by number.
 */
taxcode?: (number | null)
/**
 * Whether tax is charged.
 */
taxable?: (boolean | null)
/**
 * The record's id in the connected accounting package.
 */
accountsid?: (string | null)
/**
 * Free text.
 */
note?: (string | null)
/**
 * The status, as Halo numbers it.
 */
status?: (number | null)
/**
 * The template it is printed with.
 */
template_id?: (number | null)
/**
 * All suppliers of it, with their prices.
 */
item_suppliers?: (ItemSupplier[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * True never bills it.
 */
dontinvoice?: (boolean | null)
/**
 * Whether it is a contract sold as an item.
 */
iscontractitem?: (boolean | null)
/**
 * How many are in stock. Answered by Halo.
 */
quantity_in_stock?: (number | null)
/**
 * How many to order at a time.
 */
reorderqty?: (number | null)
/**
 * True keeps no stock of it.
 */
dont_track_stock?: (boolean | null)
/**
 * The supplier's name. Answered by Halo, not needed in writes.
 */
supplier_name?: (string | null)
asset_type_matching_field_name?: (string | null)
use?: (string | null)
assetgroup_name?: (string | null)
third_party_assetgroup_id?: (string | null)
quantity_reserved?: (number | null)
quantity_on_order?: (number | null)
goodsinunit?: (string | null)
goodsoutunit?: (string | null)
inoutconversion?: (number | null)
qtyissuedthisyear?: (number | null)
created_by?: (number | null)
/**
 * The name of the type. Answered by Halo.
 */
assettype_name?: (string | null)
minstockqty?: (number | null)
min_purchase_qty?: (number | null)
secondprice?: (number | null)
promptforprice?: (boolean | null)
sleeveprice?: (number | null)
taxcode_name?: (string | null)
taxcodeother?: (number | null)
taxcodeother_name?: (string | null)
margin?: (number | null)
binlocation?: (string | null)
costingmethod?: (number | null)
servicefee?: (number | null)
recovery?: (number | null)
avco?: (number | null)
qtyonallsalesorders?: (number | null)
doesnotneedconsigning?: (boolean | null)
shaccountsid?: (string | null)
applydiscount?: (boolean | null)
secondhandprice?: (number | null)
hours?: (number | null)
metertype?: (number | null)
meterlife?: (number | null)
template_name?: (string | null)
showmobilescanner?: (boolean | null)
icon?: (string | null)
icon_download_url?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
group_third_party_id?: (string | null)
sagetoken?: (string | null)
third_party_id?: (string | null)
custombuttons?: (CustomButton[] | null)
xero_salestax?: (string | null)
xero_purchasetax?: (string | null)
fullyqualifiedname?: (string | null)
salestaxincluded?: (boolean | null)
purchasetaxincluded?: (boolean | null)
assetaccountcode?: (number | null)
qbo_quantity?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
qboinitial_quantity_date?: (string | null)
stocklocations?: (SiteRowFields[] | null)
xero_tenant_id?: (string | null)
xero_tenant_name?: (string | null)
xerodetails_id?: (number | null)
income_account_name?: (string | null)
expense_account_name?: (string | null)
asset_account_name?: (string | null)
income_account?: (KeyPair2 | null)
expense_account?: (KeyPair2 | null)
asset_account?: (KeyPair2 | null)
qbosku?: (string | null)
qbocategoryid?: (string | null)
qbocategoryname?: (string | null)
qbo_category?: (KeyPair2 | null)
autotaskserviceid?: (number | null)
autotaskproductid?: (number | null)
kashflowid?: (number | null)
kashflow_tenant_id?: (number | null)
kashflow_tenant_name?: (string | null)
nominalcode_name?: (string | null)
purchasenominalcode_name?: (string | null)
linked_item_id?: (number | null)
linked_item_name?: (string | null)
update_recurring_invoice_price?: (boolean | null)
update_recurring_invoice_cost?: (boolean | null)
snelstart_id?: (string | null)
snelstart_department_id?: (string | null)
snelstart_department_name?: (string | null)
snelstart_department?: (KeyPair2 | null)
linked_asset_defaults?: (ItemDeviceDefaults[] | null)
maxitemdiscount?: (number | null)
item_default_billing_period?: (number | null)
primaryimageid?: (number | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastmodified?: (string | null)
qbo_company_id?: (string | null)
import_details_id?: (number | null)
quickbooks_details?: (QuickBooksDetails | null)
qbo_company_name?: (string | null)
extra_invoice_description?: (string | null)
isitemdetails?: (boolean | null)
intacct_type?: (string | null)
item_group_nominalcode?: (string | null)
item_group_nominalcode_purchase?: (string | null)
item_group_itemcode?: (number | null)
item_group_taxcode?: (number | null)
item_group_taxcode_purchase?: (number | null)
dbc_company_id?: (string | null)
dbc_company_name?: (string | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
_warning?: (string | null)
sage_business_cloud_details_id?: (number | null)
sage_business_cloud_details_name?: (string | null)
budgettype_id?: (number | null)
budgettype_name?: (string | null)
serialise_only_one?: (boolean | null)
exact_division?: (number | null)
exact_division_name?: (string | null)
dattocommerce_tenant?: (number | null)
user_description?: (string | null)
weight?: (number | null)
ignore_from_accounting_sync?: (boolean | null)
invoice_class?: (string | null)
sage50uk_department_id?: (number | null)
xero_inventory_account_code?: (string | null)
xero_cogs_account_code?: (string | null)
xero_inventory_account_code_name?: (string | null)
xero_cogs_account_code_name?: (string | null)
intacct_product_line_id?: (string | null)
_updateitemtype?: (number | null)
related_item_count?: (number | null)
myob_tenant?: (number | null)
myob_tenant_name?: (string | null)
myob_asset_account_code?: (string | null)
items_per_buying_price?: (number | null)
items_per_selling_price?: (number | null)
avalara_item_code?: (string | null)
purchase_currency_code?: (number | null)
purchase_currency_code_name?: (string | null)
purchase_currency?: (Currency | null)
manufacturer_id?: (number | null)
manufacturer_name?: (string | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
dont_receive_on_po?: (boolean | null)
autorenew_quote_line_default?: (boolean | null)
price_calculated_from_components?: (boolean | null)
cost_calculated_from_components?: (boolean | null)
auto_reorder_type?: (number | null)
relatedcategories?: (KeyPair7[] | null)
relatedcategories_list?: (string | null)
item_listed_only_on_bundle_setup?: (boolean | null)
}
export interface ItemSupplier {
id?: number
guid?: (string | null)
item_id?: (number | null)
supplier_id?: (number | null)
supplier_name?: (string | null)
price?: (number | null)
cost?: (number | null)
client_id?: (number | null)
client_name?: (string | null)
note?: (string | null)
supplier_sku?: (string | null)
filters?: ({
[k: string]: unknown
}[] | null)
_is_new?: (boolean | null)
_warning?: (string | null)
}
export interface SiteRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The site's name.
 */
name?: (string | null)
/**
 * The client it belongs to.
 */
client_id?: (number | null)
/**
 * The telephone number.
 */
phonenumber?: (string | null)
/**
 * A time zone by its Windows name, such as `GMT Standard Time`.
 */
timezone?: (string | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * The SLA for its tickets.
 */
sla_id?: (number | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * The street.
 */
delivery_address_line1?: (string | null)
/**
 * The second line of the address.
 */
delivery_address_line2?: (string | null)
/**
 * The town.
 */
delivery_address_line3?: (string | null)
/**
 * The county or state.
 */
delivery_address_line4?: (string | null)
/**
 * The post code.
 */
delivery_address_line5?: (string | null)
/**
 * The user who is its main contact.
 */
maincontact_id?: (number | null)
/**
 * Whether it holds stock.
 */
isstocklocation?: (boolean | null)
/**
 * A reference of one's own.
 */
ref?: (string | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
clientsite_name?: (string | null)
invoice_address_isdelivery?: (boolean | null)
messagegroup_id?: (number | null)
item_quantity_in_stock?: (number | null)
item_serialised_assets_in_stock?: (number | null)
item_quantity_reserved?: (number | null)
item_quantity_reserved_on_order?: (number | null)
item_quantity_available?: (number | null)
site_fields?: (FieldHelper[] | null)
gfisiteid?: (number | null)
itglue_id?: (string | null)
client_itglue_id?: (string | null)
custombuttons?: (CustomButton[] | null)
stockbin_id?: (number | null)
stockbin_name?: (string | null)
country_code_name?: (string | null)
region_code_name?: (string | null)
lapsafe_default_installation?: (string | null)
site_item_tax_code?: (number | null)
}
export interface ItemDeviceDefaults {
id?: number
iid?: number
dtype?: number
yseq?: number
value?: (string | null)
_warning?: (string | null)
}
export interface Currency {
id?: number
name?: (string | null)
symbol?: (string | null)
code?: (string | null)
conversion_rate?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_updated?: (string | null)
_warning?: (string | null)
}
export interface KeyPair7 {
id?: (string | null)
value?: (string | null)
}
export interface Template {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
type?: (number | null)
domain?: (string | null)
group_id?: (number | null)
restriction_type?: (string | null)
restrictto_department_id?: (number | null)
restrictto_department_name?: (string | null)
restrictto_team_id?: (number | null)
restrictto_team_name?: (string | null)
restrictto_agent_id?: (number | null)
restrictto_agent_name?: (string | null)
summary?: (string | null)
tickettype_id?: (number | null)
rule_count?: (number | null)
creation_rules?: ({
[k: string]: unknown
}[] | null)
todo_list?: ({
[k: string]: unknown
}[] | null)
emailto?: (string | null)
emailcc?: (string | null)
emailsubject?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
time?: (string | null)
disabled?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastcreated?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextcreationdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextcreationdate_after_end?: (string | null)
execution_type?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date?: (string | null)
period?: (number | null)
create_locked?: (boolean | null)
one_ticket_id?: (number | null)
created_ticket_id?: (number | null)
approval_id?: (number | null)
reportarea?: (number | null)
reportarea_name?: (string | null)
users_can_use?: (boolean | null)
priority_id?: (number | null)
estimate?: (number | null)
category_1?: (string | null)
category_2?: (string | null)
category_3?: (string | null)
category_4?: (string | null)
status_id?: (number | null)
status_guid?: (string | null)
details?: (string | null)
details_html?: (string | null)
clearance?: (string | null)
workflow_id?: (number | null)
workflow_guid?: (string | null)
workflow_name?: (string | null)
approval_name?: (string | null)
team?: (string | null)
agent_id?: (number | null)
agent_name?: (string | null)
showforusers?: (boolean | null)
excludefromsla?: (boolean | null)
defaultresourcetype?: (number | null)
defaultresourcetype_name?: (string | null)
informlevel?: (number | null)
scheduletype?: (number | null)
dom?: (number | null)
mon?: (number | null)
tue?: (number | null)
wed?: (number | null)
thu?: (number | null)
fri?: (number | null)
sat?: (number | null)
sun?: (number | null)
year?: (number | null)
_clearlastrun?: (boolean | null)
daysplus?: (number | null)
every?: (number | null)
reportid?: (number | null)
impact?: (number | null)
urgency?: (number | null)
reportperiod?: (number | null)
reportsite?: (number | null)
repeat?: (number | null)
toplevel?: (number | null)
report_id?: (number | null)
emailbody?: (string | null)
kbid?: (number | null)
did?: (number | null)
yeargapvalue?: (number | null)
graph?: (boolean | null)
table?: (boolean | null)
csv?: (boolean | null)
json?: (boolean | null)
prompt?: (boolean | null)
promptproceed?: (boolean | null)
pdf?: (boolean | null)
sendifempty?: (boolean | null)
copied_from_id?: (number | null)
customfields?: (CustomField[] | null)
assets?: (AssetRowFields[] | null)
users?: (UserRowFields[] | null)
itil_request_type?: (number | null)
create_on_nonworkdays?: (boolean | null)
invoice_id?: (number | null)
webhook_id?: (string | null)
creationtype?: (number | null)
parentticketid?: (number | null)
kb_id?: (number | null)
kb_name?: (string | null)
kb_accessible_for_enduser?: (boolean | null)
forwardinboundupdates?: (boolean | null)
enable_budget_table?: (boolean | null)
budgets?: ({
[k: string]: unknown
}[] | null)
budgettype_id?: (number | null)
budgettype_name?: (string | null)
emailcclist?: (string | null)
services?: (ServiceRow[] | null)
_canupdate?: (boolean | null)
user_id?: (number | null)
user_name?: (string | null)
updateparent_status_close?: (number | null)
updateparent_target_create?: (number | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
clone_parent_id?: (number | null)
increasecontractnextcalldate?: (number | null)
_queue?: (boolean | null)
_sendnow?: (boolean | null)
_warning?: (string | null)
automationcriteria?: ({
[k: string]: unknown
}[] | null)
isclone?: (boolean | null)
showforusers_int?: (number | null)
forwardinboundupdates_int?: (number | null)
excludefromsla_int?: (number | null)
start_num_days_added?: (number | null)
target_num_days_added?: (number | null)
milestones?: (MileStone[] | null)
sqltoselectusers?: (boolean | null)
usersqllookup?: (string | null)
notification_id?: (number | null)
additional_agents?: (FaultAdditionalAgents[] | null)
new_audits?: (Audit[] | null)
new_changes?: ({
[k: string]: unknown
}[] | null)
restrictto_department_guid?: (string | null)
restrictto_team_guid?: (string | null)
clients?: (string | null)
tickettype_guid?: (string | null)
automationtype?: (number | null)
optionalservice?: (number | null)
optional_agent_id?: (number | null)
optional_team?: (string | null)
optional_status_id?: (number | null)
optional_tickettype_id?: (number | null)
optional_create_locked?: (boolean | null)
optional_defaultresourcetype?: (number | null)
optional_excludefromsla?: (number | null)
optional_customfields?: (CustomField[] | null)
optional_assets?: (AssetRowFields[] | null)
optional_forwardinboundupdates?: (number | null)
optional_showforusers?: (number | null)
optional_urgency?: (number | null)
optional_impact?: (number | null)
optional_workflow_id?: (number | null)
optional_estimate?: (number | null)
optional_category_1?: (string | null)
optional_category_2?: (string | null)
optional_category_3?: (string | null)
optional_category_4?: (string | null)
optional_priority_id?: (number | null)
optional_budgettype_id?: (number | null)
optional_kb_id?: (number | null)
optional_service?: (number | null)
optional_service_details_id?: (number | null)
service?: (number | null)
emailbcc?: (string | null)
makeinactive?: (boolean | null)
child_count_of_ticket_to_save?: (number | null)
ticket_id_to_save?: (number | null)
create_child_templates?: (boolean | null)
ticket_template?: (number | null)
ticket_template_guid?: (string | null)
ticket_template_name?: (string | null)
enable_task_dependencies?: (boolean | null)
date_dependencies?: ({
[k: string]: unknown
}[] | null)
upload_type?: (number | null)
integration_details_id?: (number | null)
integration_details_name?: (string | null)
integration_mapping?: (number | null)
integration_mapping_name?: (string | null)
integration_folder?: (string | null)
overwrite_files?: (boolean | null)
create_for_user_type?: (number | null)
sla_id?: (number | null)
optional_sla_id?: (number | null)
}
export interface MileStone {
id?: number
ticket_id?: (number | null)
name?: (string | null)
sequence?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
target_date?: (string | null)
milestone_dependencies?: (MileStone[] | null)
dependencies?: ({
[k: string]: unknown
}[] | null)
tickets?: ({
[k: string]: unknown
}[] | null)
_complete?: (boolean | null)
_dateschanged?: (boolean | null)
_warning?: (string | null)
start_days?: (number | null)
target_days?: (number | null)
_fromtemplate?: (number | null)
milestone_value?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
processed_date?: (string | null)
invoicenumber?: (string | null)
from_template_id?: (number | null)
}
export interface FaultAdditionalAgents {
id?: (number | null)
faultid?: (number | null)
name?: (string | null)
_warning?: (string | null)
}
export interface Audit {
id?: number
ticket_id?: (number | null)
agent_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
value?: (string | null)
to?: (string | null)
from?: (string | null)
table_name?: (string | null)
id1?: (number | null)
id2?: (number | null)
clientid?: (number | null)
_warning?: (string | null)
actoutcome?: (string | null)
user_id?: (number | null)
username?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
datetime_to?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
datetime_from?: (string | null)
}
export interface AreaItem {
id?: number
client_id?: (number | null)
item_id?: (number | null)
quantity?: (number | null)
areaitemdesc?: (string | null)
billingperiod_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
invoicenumber?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastinvoicedate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextinvoicedate?: (string | null)
autorenew?: (boolean | null)
note?: (string | null)
costprice?: (number | null)
sellingprice?: (number | null)
accounts_id?: (string | null)
numberdayswarning?: (number | null)
dsite?: (number | null)
ddevnum?: (number | null)
technician?: (number | null)
billingcategory_id?: (number | null)
site_id?: (number | null)
dontinvoice?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddate?: (string | null)
_warning?: (string | null)
}
export interface InvoiceHeaderMerge {
id?: number
invoice_id?: (number | null)
recurring_invoice_id?: (number | null)
schedule_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
schedule_date?: (string | null)
contract_id?: (number | null)
contract_ref?: (string | null)
salesorder_id?: (number | null)
percent?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
due_date?: (string | null)
_warning?: (string | null)
}
export interface InvoicePaymentRow {
id?: number
invoice_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
amount?: (number | null)
method?: (number | null)
status?: (number | null)
module_id?: (number | null)
intent_id?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
intent_date?: (string | null)
intent_response?: (string | null)
webhook_payload?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
webhook_received_date?: (string | null)
sage50_reference?: (string | null)
thirdpartyid?: (string | null)
client_id?: (number | null)
client_name?: (string | null)
_statuswarning?: (string | null)
_warning?: (string | null)
qbo_id?: (number | null)
xero_id?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
sqlimport_id?: (number | null)
invoice_match_id?: (string | null)
invoice_invoicenumber?: (string | null)
}
export interface DeviceUserCount {
id?: number
name?: (string | null)
count?: (number | null)
}
export interface SnowComputerUserAbstract {
id?: (number | null)
customerId?: (number | null)
username?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastLogon?: (string | null)
fullName?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
updatedDate?: (string | null)
updatedBy?: (string | null)
logonCount?: (number | null)
userIsAccessible?: (boolean | null)
}
export interface TabConfig {
id?: number
usage?: (number | null)
entity_id?: (number | null)
screenlayout_id?: (number | null)
tab_id?: (number | null)
tab_name?: (string | null)
sequence?: (number | null)
display?: (number | null)
nosidemenu?: (boolean | null)
url?: (string | null)
icon?: (string | null)
icon_override?: (boolean | null)
new_icon?: (string | null)
}
export interface AssetType {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
assetgroup_id?: (number | null)
assetgroup_guid?: (string | null)
assetgroup_name?: (string | null)
keyfield_id?: (number | null)
keyfield_name?: (string | null)
keyfield2_id?: (number | null)
keyfield2_name?: (string | null)
keyfield3_id?: (number | null)
keyfield3_name?: (string | null)
memo?: (string | null)
manufacturer?: (number | null)
supplier1?: (number | null)
itemno?: (number | null)
cost?: (number | null)
useteamviewer?: (boolean | null)
accountscode1?: (string | null)
accountscode2?: (string | null)
weeklycost?: (number | null)
monthlycost?: (number | null)
quarterlycost?: (number | null)
sixmonthlycost?: (number | null)
yearlycost?: (number | null)
twoyearlycost?: (number | null)
threeyearlycost?: (number | null)
fouryearlycost?: (number | null)
fiveyearlycost?: (number | null)
kaseyaid?: (string | null)
icon?: (string | null)
show_to_users?: (boolean | null)
fields?: ({
[k: string]: unknown
}[] | null)
field_list?: ({
[k: string]: unknown
}[] | null)
item_code?: (string | null)
defaultsequence?: (number | null)
tagprefix?: (string | null)
column_profile_id?: (number | null)
column_profile_guid?: (string | null)
columnprofileoverride_name?: (string | null)
enableresourcebooking?: (boolean | null)
resourcebooking_workdays_id?: (number | null)
resourcebooking_workdays_name?: (string | null)
resourcebooking_allow_asset_selection?: (boolean | null)
resourcebooking_asset_restriction_type?: (number | null)
resourcebooking_min_hours_advance?: (number | null)
resourcebooking_max_days_advance?: (number | null)
bookingtypes?: ({
[k: string]: unknown
}[] | null)
timeslots?: ({
[k: string]: unknown
}[] | null)
timeslot_bookingtype?: (number | null)
_isimport?: (boolean | null)
_warning?: (string | null)
linkedcontracttype?: number
fiid?: (number | null)
fiid_guid?: (string | null)
finame?: (string | null)
new_icon?: (string | null)
xtype_roles?: (XTypeRole[] | null)
asset_details_tab_display?: (number | null)
tab_config?: (TabConfig[] | null)
resourcebookingtype?: (number | null)
allowed_status?: (XTypeStatus[] | null)
allowall_status?: (boolean | null)
businessowner_visibility?: (number | null)
technicalowner_visibility?: (number | null)
sla_visibility?: (number | null)
priority_visibility?: (number | null)
status_visibility?: (number | null)
services_visibility?: (number | null)
dependencies_visibility?: (number | null)
notes_visibility?: (number | null)
visibility_level?: (number | null)
resourcebooking_site_selection_type?: (number | null)
booking_sites?: (SiteRowFields[] | null)
access_control?: (AccessControl[] | null)
newticket_priority?: (number | null)
access_control_level?: (number | null)
licence_visibility?: (number | null)
allow_all_view?: (boolean | null)
criticality_visibility?: (number | null)
is_service?: (boolean | null)
is_businessapp?: (boolean | null)
service_category_id?: (number | null)
service_category_name?: (string | null)
services?: (ServiceRow[] | null)
field_restrictions?: ({
[k: string]: unknown
}[] | null)
}
export interface AddigyApplication {
version?: (string | null)
path?: (string | null)
name?: (string | null)
}
export interface QualysSoftware {
name?: (string | null)
version?: (string | null)
}
export interface AssetTypePermission {
id?: number
create?: boolean
read?: boolean
edit?: boolean
}
export interface Service {
id?: number
sendemailtype?: (number | null)
email_subscriber_count?: (number | null)
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
summary?: (string | null)
sequence?: (number | null)
showinusercatalog?: (boolean | null)
showintechcatalog?: (boolean | null)
trackstatus?: (boolean | null)
service_category_id?: (number | null)
service_category_guid?: (string | null)
service_category_name?: (string | null)
business_owner_id?: (number | null)
business_owner_name?: (string | null)
business_owner_cab_id?: (number | null)
business_owner_cab_name?: (string | null)
technical_owner_id?: (number | null)
technical_owner_name?: (string | null)
technical_owner_cab_id?: (number | null)
technical_owner_cab_name?: (string | null)
compliance_owner_id?: (number | null)
compliance_owner_name?: (string | null)
compliance_owner_cab_id?: (number | null)
compliance_owner_cab_name?: (string | null)
cost?: (number | null)
estimated_delivery?: (number | null)
estimated_delivery_days?: (number | null)
subscribable?: (boolean | null)
subscriber_count?: (number | null)
asset_count?: (number | null)
assettype_id?: (number | null)
assettype_ids?: (string | null)
current_status?: (number | null)
status_message_update_internal?: (string | null)
status_message_update_public?: (string | null)
using_default_public_message?: (boolean | null)
status_ticket_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_date?: (string | null)
service_tickettype_id?: (number | null)
serviceshownewreqscreen?: (boolean | null)
service_template_id?: (number | null)
newservicereqtype?: (number | null)
incident_tickettype_id?: (number | null)
incident_template_id?: (number | null)
newincidenttype?: (number | null)
relatedworkdayid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_end_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_ticket_start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
status_ticket_end_date?: (string | null)
requestdetails_count?: (number | null)
requestdetail_url?: (string | null)
requestdetail_shownewreqscreen?: (boolean | null)
requestdetail_type?: (number | null)
screenafterlogging?: (number | null)
pricingrange?: (number | null)
override_site_id?: (number | null)
failcreaterequest?: (boolean | null)
workdays?: (number | null)
checkminutes?: (number | null)
failalwaysnewrequest?: (boolean | null)
criticality?: (number | null)
search_score?: (number | null)
override_site_name?: (string | null)
override?: (number | null)
checkmon?: (boolean | null)
checktue?: (boolean | null)
checkwed?: (boolean | null)
checkthu?: (boolean | null)
checkfri?: (boolean | null)
checksat?: (boolean | null)
checksun?: (boolean | null)
servicekind?: (number | null)
url?: (string | null)
param1?: (string | null)
param2?: (string | null)
param3?: (string | null)
min?: (number | null)
max?: (number | null)
note?: (string | null)
pop3serverid?: (number | null)
pop3serverid_name?: (string | null)
subject?: (string | null)
body?: (string | null)
fromaddr?: (string | null)
toaddr?: (string | null)
enabled?: (boolean | null)
oksubject?: (string | null)
okbody?: (string | null)
okfromaddr?: (string | null)
oktoaddr?: (string | null)
okany?: (boolean | null)
failsubject?: (string | null)
failbody?: (string | null)
failfromaddr?: (string | null)
failtoaddr?: (string | null)
failany?: (boolean | null)
wdid?: (number | null)
cat2?: (string | null)
workdays_name?: (string | null)
photopath?: (string | null)
allowincidients?: (boolean | null)
allowoptin?: (boolean | null)
service_tickettype_name?: (string | null)
service_template_name?: (string | null)
incident_tickettype_name?: (string | null)
incident_template_name?: (string | null)
autoemail?: (boolean | null)
servicedetailshtml?: (string | null)
alsosubscribe?: (number | null)
allowunsubscribe?: (boolean | null)
allowservicerequests?: (boolean | null)
userlevel?: (number | null)
showonmyservicespage?: (boolean | null)
assettype_name?: (string | null)
smsmessage?: (string | null)
servicerequestlbl?: (string | null)
servicerequesthint?: (string | null)
incidentlbl?: (string | null)
incidenthint?: (string | null)
allowall_category1?: (boolean | null)
allowed_category1?: (CategoryRestriction[] | null)
allowall_category2?: (boolean | null)
allowed_category2?: (CategoryRestriction[] | null)
allowall_category3?: (boolean | null)
allowed_category3?: (CategoryRestriction[] | null)
allowall_category4?: (boolean | null)
allowed_category4?: (CategoryRestriction[] | null)
seq?: (number | null)
unsubscribe_ticketortemplate?: (number | null)
unsubscribe_tickettype_id?: (number | null)
unsubscribe_template_id?: (number | null)
create_on_unsubscribe?: (boolean | null)
unsubscribe_all?: (boolean | null)
field_id?: (number | null)
field_name?: (string | null)
tickettype_name?: (string | null)
template_name?: (string | null)
recent_servicerequest_count?: (number | null)
recent_incident_count?: (number | null)
open_incident_count?: (number | null)
open_servicerequest_count?: (number | null)
user_access?: (ServiceRestriction[] | null)
subscribers?: (ServiceUser[] | null)
linked_services?: ({
[k: string]: unknown
}[] | null)
assets?: (AssetRowFields[] | null)
update_status?: (boolean | null)
user_subscribed?: (boolean | null)
user?: (UserFields | null)
emailtemplate?: (number | null)
send_service_email?: (boolean | null)
preview_service_email?: (boolean | null)
service_email_subject?: (string | null)
service_email_html?: (string | null)
allowfollowfault?: (boolean | null)
status_subscribedtoupdates?: (boolean | null)
unsubcount?: (number | null)
new_icon?: (string | null)
_warning?: (string | null)
showinrelatedservices?: (boolean | null)
user_canunsubscribe?: (boolean | null)
customfields?: (CustomField[] | null)
translations?: (LanguagePackTranslationsCustom[] | null)
optional_services?: ({
[k: string]: unknown
}[] | null)
isservicedetails?: (boolean | null)
statushistoryportal?: (boolean | null)
status_history?: ({
[k: string]: unknown
}[] | null)
service_request_details?: ({
[k: string]: unknown
}[] | null)
device_child_id?: (number | null)
device_count?: (number | null)
incidentonly?: (boolean | null)
cat_phonenumber?: (string | null)
kbs?: (KnowledgeBaseArticleRowFields[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
search_index_sync_timestamp?: (string | null)
search_index_sync_batches?: (number | null)
use?: (string | null)
icon?: (string | null)
relatedworkdayid_name?: (string | null)
relatedworkdayid_content?: (string | null)
status_message_update_internal_html?: (string | null)
status_message_update_public_html?: (string | null)
future_statuses?: ({
[k: string]: unknown
}[] | null)
current_statuses?: ({
[k: string]: unknown
}[] | null)
service_url?: (string | null)
incident_url?: (string | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
_isimport?: (boolean | null)
link?: (string | null)
requestdetails_id?: (number | null)
device_id?: (number | null)
service_email_from?: (number | null)
preview_when_logging?: (number | null)
tags?: (Tag[] | null)
track_availability?: (boolean | null)
tracking_period?: (number | null)
tracking_target?: (number | null)
delay_avilability_calc?: (number | null)
tag_string?: (string | null)
device_guid?: (string | null)
device_name?: (string | null)
}
export interface CategoryRestriction {
id?: number
type?: (number | null)
client_id?: (number | null)
tickettype_id?: (number | null)
team_id?: (number | null)
team_guid?: (string | null)
service_id?: (number | null)
category_id?: (number | null)
category_guid?: (string | null)
category_value?: (string | null)
_warning?: (string | null)
partial_match_category?: (boolean | null)
category_name_partial?: (string | null)
is_integration?: (boolean | null)
}
export interface ServiceRestriction {
id?: number
service_category_id?: (number | null)
service_id?: (number | null)
type?: (string | null)
data_id?: (number | null)
svrdata_guid?: (string | null)
data_name?: (string | null)
service_name?: (string | null)
allow_access?: (boolean | null)
data_string?: (string | null)
_warning?: (string | null)
}
export interface ServiceUser {
id?: number
service_id?: (number | null)
service_name?: (string | null)
type?: (string | null)
data_id?: (number | null)
data_name?: (string | null)
emailupdates?: (boolean | null)
_warning?: (string | null)
}
export interface LansweeperRelation {
childAssetKey?: (string | null)
lastChanged?: (string | null)
parentAssetKey?: (string | null)
startDate?: (string | null)
endDate?: (string | null)
comment?: (string | null)
name?: (string | null)
}
export interface DynatraceRelationship {
id?: (string | null)
type?: (string | null)
}
export interface LicenceRow {
id?: number
type?: (number | null)
name?: (string | null)
count?: (number | null)
client_id?: (number | null)
site_id?: (number | null)
client_name?: (string | null)
site_name?: (string | null)
purchase_price?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date?: (string | null)
snowid?: (string | null)
manufacturer?: (string | null)
notes?: (string | null)
licences_in_use?: (number | null)
licences_in_use_user?: (number | null)
licences_available?: (number | null)
supplier_id?: (number | null)
supplier_name?: (string | null)
licence_client_name?: (string | null)
vendor?: (string | null)
licence_roles?: ({
[k: string]: unknown
}[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date?: (string | null)
tenant_id?: (string | null)
tenant_name?: (string | null)
name_extra?: (string | null)
deleted?: (boolean | null)
assigned_at_deletion?: (number | null)
billing_cycle?: (string | null)
term_duration?: (string | null)
status?: (string | null)
autorenew?: (boolean | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
_importchildren?: (boolean | null)
third_party_product?: (string | null)
price?: (number | null)
_removed?: (boolean | null)
distributor?: (string | null)
is_active?: (boolean | null)
azure_connection_id?: (number | null)
azure_connection?: ({
[k: string]: unknown
} | null)
requested_quantity?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
requested_quantity_date?: (string | null)
_warning?: (string | null)
ingram_micro_details_id?: (number | null)
_details_id?: (number | null)
snow_client_id?: (number | null)
thirdparty_client_id?: (string | null)
product_sku?: (string | null)
vendor_product_sku?: (string | null)
parent_id?: (number | null)
configuration_items?: (AssetRowFields[] | null)
add_configuration_items?: (AssetRowFields[] | null)
licence_match?: ({
[k: string]: unknown
}[] | null)
device_child_id?: (number | null)
device_count?: (number | null)
new_software?: (DeviceApplications | null)
monthly_price?: (number | null)
monthly_cost?: (number | null)
}
export interface PartsLookupResult {
id?: number
field_id?: number
lookup_value?: (string | null)
success?: boolean
error?: (string | null)
data?: ({
[k: string]: unknown
} | null)
field_values?: (KeyPair[] | null)
customfields?: (CustomField[] | null)
lookup_values?: (string | null)
message?: (string | null)
popup?: (string | null)
confirm_popup?: boolean
data_multiple?: ({
[k: string]: unknown
}[] | null)
message_multiple?: (string | null)
customfields_multiple?: (unknown[][] | null)
mapped_outcome_field_id?: number
mapped_outcome_inverted?: boolean
}
export interface RoundRobinLog {
id?: number
ticket_id?: (number | null)
team?: (string | null)
agent_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
assign_datetime?: (string | null)
type?: (number | null)
}
export interface Contributors {
id?: number
user_id?: number
username?: (string | null)
agent_id?: number
agentname?: (string | null)
code?: number
rolename?: (string | null)
ticketid?: number
note?: (string | null)
contributor_type?: (number | null)
quality?: number
_warning?: (string | null)
}
export interface AttachmentView {
type?: (number | null)
unique_id?: (number | null)
ticket_id?: (number | null)
action_id?: (number | null)
record_count?: number
attachments?: (AttachmentRowFields[] | null)
page_no?: (number | null)
page_size?: (number | null)
folders?: ({
[k: string]: unknown
}[] | null)
}
export interface AttachmentRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * With `type`: the number of the record that the file belongs to, where it is not a ticket.
 */
unique_id?: (number | null)
/**
 * With `unique_id`: what kind of record the file belongs to, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * The name of the file, with its extension.
 */
filename?: (string | null)
/**
 * The file in base64.
 */
data_base64?: (string | null)
/**
 * Free text.
 */
note?: (string | null)
/**
 * A description of the file.
 */
desc?: (string | null)
/**
 * Whether it is a picture shown in the text.
 */
isimage?: (boolean | null)
/**
 * Whether users see it in the portal.
 */
showforusers?: (boolean | null)
/**
 * Its size in bytes.
 */
filesize?: (number | null)
/**
 * The record's number in a system outside Halo.
 */
third_party_id?: (string | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
showonchild?: (boolean | null)
showonrelated?: (boolean | null)
download_url?: (string | null)
third_party_token?: (string | null)
already_posted?: (boolean | null)
faultid?: (number | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
s3url?: (string | null)
att_link?: (string | null)
child_count?: (number | null)
parent_id?: (number | null)
linked_version_id?: (number | null)
allow_anon_upload?: (boolean | null)
/**
 * The ticket type's number.
 */
tickettype_id?: (number | null)
tickettype_guid?: (string | null)
validate_guid?: (string | null)
}
export interface AreaNote {
id?: number
client_id?: (number | null)
supplier_id?: (number | null)
sales_order_id?: (number | null)
purchase_order_id?: (number | null)
quote_id?: (number | null)
invoice_id?: (number | null)
site_id?: (number | null)
user_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
datetime?: (string | null)
who_agentid?: (number | null)
note?: (string | null)
detail?: (string | null)
timetaken?: (number | null)
mailentryid?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextcalldate?: (string | null)
satisfaction?: (string | null)
third_party_id?: (string | null)
customfields?: (CustomField[] | null)
ticketid?: (number | null)
_warning?: (string | null)
hide_time_taken?: (boolean | null)
add_to_calendar?: (boolean | null)
app_user_id?: (number | null)
app_agent_id?: (number | null)
app_subject?: (string | null)
nextcallduration?: (number | null)
createdfromaction?: (boolean | null)
}
export interface PrePayThreshold {
asAmount?: (boolean | null)
newHours?: (number | null)
newAmount?: (number | null)
currentUsed?: (number | null)
total?: (number | null)
}
export interface BulkEmail {
id?: number
serviceid?: (number | null)
subject?: (string | null)
body?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
timestamp?: (string | null)
service_id?: (number | null)
status?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
next_retry_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_attempt_date?: (string | null)
mailcampaignid?: (number | null)
mailcampaignemailid?: (number | null)
mailboxfrom?: (number | null)
mailboxreplyto?: (string | null)
trace?: ({
[k: string]: unknown
}[] | null)
request_body?: (string | null)
_warning?: (string | null)
fault_id?: (number | null)
actionnumber?: (number | null)
distribution_list?: (number | null)
}
export interface ActionsDeleteInput {
/**
 * The action's number on its ticket: 1, 2, 3, … (not unique in Halo).
 */
id: number
/**
 * The ticket that the action is on. Required, because action numbers count per ticket.
 */
ticket_id: number
}
export interface ActionsGetInput {
/**
 * The action's number on its ticket: 1, 2, 3, … (not unique in Halo).
 */
id: number
/**
 * The ticket that the action is on. Required, because action numbers count per ticket.
 */
ticket_id: number
/**
 * Only actions made by agents.
 */
agentonly?: boolean
/**
 * Only when the action is an e-mail.
 */
emailonly?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * Adds the e-mail of the action.
 */
includeemail?: boolean
/**
 * The newest action of the ticket instead of the one with this id.
 */
mostrecent?: boolean
/**
 * Passes over actions that Halo made by itself.
 */
nonsystem?: boolean
/**
 * The last action but one of the ticket.
 */
penultimate?: boolean
}
export interface ActionsListInput {
/**
 * The ticket whose actions to list. Required: Halo times out when asked for all actions of all tickets.
 */
ticket_id: number
/**
 * Only actions with this outcome, by name.
 */
actoutcome?: string
/**
 * Only actions with this outcome, by number.
 */
actoutcomenum?: number
/**
 * Only actions made by agents.
 */
agentonly?: boolean
/**
 * Only the conversation with the user: e-mails and notes that he can see.
 */
conversationonly?: boolean
/**
 * Which date `startdate` and `enddate` act on.
 */
datesearch?: string
/**
 * Up to this time; which date is meant, `datesearch` says (ISO 8601, UTC, no zone).
 */
enddate?: string
/**
 * Leaves out actions that exist only for billing.
 */
excludebilling?: boolean
/**
 * Leaves out actions hidden from internal IT.
 */
excludehiddenfrominternalit?: boolean
/**
 * Leaves out private notes.
 */
excludeprivate?: boolean
/**
 * Leaves out actions that Halo made by itself.
 */
excludesys?: boolean
/**
 * Only actions marked important.
 */
importantonly?: boolean
/**
 * Sorts actions marked important first.
 */
importanttop?: boolean
/**
 * Adds name and picture of the agent to each action.
 */
includeagentdetails?: boolean
/**
 * Adds the list of attachments (without their bytes) to each action.
 */
includeattachments?: boolean
/**
 * Adds what came from Facebook to each action.
 */
includefacebookfields?: boolean
/**
 * Adds the HTML of e-mails; without it Halo answers plain text.
 */
includehtmlemail?: boolean
/**
 * Adds the HTML of notes; without it Halo answers plain text.
 */
includehtmlnote?: boolean
/**
 * Adds attachments of the ticket that belong to no action.
 */
includenonactionattachments?: boolean
/**
 * Adds translations of the notes.
 */
includetranslations?: boolean
/**
 * Adds what came from Twitter to each action.
 */
includetwitterfields?: boolean
/**
 * Only actions that were exchanged between two tickets.
 */
intraticketonly?: boolean
/**
 * The notes of the ticket's children instead of its own.
 */
ischildnotes?: boolean
/**
 * The notes of related tickets instead of its own.
 */
isrelatednotes?: boolean
/**
 * Only actions that touched the SLA (hold, release, response).
 */
slaonly?: boolean
/**
 * From this time on; which date is meant, `datesearch` says (ISO 8601, UTC, no zone).
 */
startdate?: string
/**
 * Only the exchange with suppliers.
 */
supplieronly?: boolean
/**
 * Only actions with time on them.
 */
timeentriesonly?: boolean
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
}
export interface AgentFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The name people see. Halo refuses an agent without one.
 */
name?: (string | null)
/**
 * The given name.
 */
firstname?: (string | null)
/**
 * The family name.
 */
surname?: (string | null)
/**
 * The e-mail address, also the login name unless that is set apart.
 */
email?: (string | null)
/**
 * Initials, as shown in a picture's place.
 */
initials?: (string | null)
/**
 * What the person does, such as `Service desk lead`.
 */
jobtitle?: (string | null)
/**
 * The agent's main team, by name.
 */
team?: (string | null)
/**
 * The teams that the agent is a member of. An API agent sees only the tickets of its teams.
 */
teams?: (UnameSection[] | null)
/**
 * The departments of the MSP.
 */
departments?: (UnameDepartment[] | null)
/**
 * The roles that give rights: `[{ id }]`.
 */
roles?: (Role[] | null)
/**
 * Roles to add, leaving the others as they are: `[{ id }]`.
 */
add_roles?: (Role[] | null)
/**
 * True keeps the agent from logging in.
 */
isdisabled?: (boolean | null)
/**
 * Whether this is an agent and not only a name.
 */
is_agent?: (boolean | null)
/**
 * True marks an agent for the API alone, which takes no licence.
 */
isapiagent?: (boolean | null)
/**
 * The telephone extension.
 */
extensionnumber?: (string | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * The agent's line manager, by number.
 */
linemanager?: (number | null)
/**
 * The working hours that apply.
 */
workday_id?: (number | null)
/**
 * What an hour of the agent costs.
 */
costprice?: (number | null)
/**
 * The rate that the agent's time is charged at, by number.
 */
chargerate?: (number | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The kind of licence.
 */
licence_type?: (number | null)
sites?: (UnameSite[] | null)
onlinestatus_actual?: (number | null)
onlinestatus?: (number | null)
is_online?: (boolean | null)
lastonline?: (string | null)
ad?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastlogindate?: (string | null)
agentphotopath?: (string | null)
sms?: (string | null)
ticket_count?: (number | null)
one_client?: (number | null)
clients?: (UnameAreaRestriction[] | null)
tickettypes?: (UnameRequestType[] | null)
qualifications?: (UnameQualification[] | null)
qualification_weighting?: (number | null)
qualified?: (boolean | null)
role_list?: (string | null)
current_action_type?: (string | null)
current_action_name?: (string | null)
assettypes?: (UnameXtype[] | null)
googleemail?: (string | null)
linemanager_name?: (string | null)
inboxes?: (number | null)
exchange_authorized?: (boolean | null)
exchange_account?: (string | null)
sentinel_authorized?: (boolean | null)
named_licences_in_use?: (number | null)
google_mail_authorized?: (boolean | null)
inbox_clientid?: (string | null)
splashtop_authorized?: (boolean | null)
gotoresolve_authorized?: (boolean | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
password?: (string | null)
lunchbreak?: (number | null)
agentphotodata?: (string | null)
pagesize?: (number | null)
signature?: (string | null)
default_filter_id_tickets?: (number | null)
default_filter_name_tickets?: (string | null)
default_columns_id_tickets?: (number | null)
default_columns_name_tickets?: (string | null)
default_view_tickets?: (string | null)
default_view_tickets_selectedid?: (number | null)
default_view_tickets_selectedname?: (string | null)
default_filter_id_opps?: (number | null)
default_filter_name_opps?: (string | null)
default_columns_id_opps?: (number | null)
default_columns_name_opps?: (string | null)
default_view_opps?: (string | null)
default_view_opps_selectedid?: (number | null)
default_view_opps_selectedname?: (string | null)
default_action_view?: (string | null)
default_action_display?: (number | null)
default_feed_view?: (string | null)
ticket_preview_mode?: (number | null)
default_ticket_preview_size?: (number | null)
list_type?: (number | null)
navmenu_mode?: (number | null)
default_calendar_view?: (string | null)
calendar_options?: (string | null)
search_options?: (string | null)
newtabpref?: (number | null)
theme?: (string | null)
theme_revert?: (string | null)
language_id?: (number | null)
language_name?: (string | null)
app_colour?: (string | null)
app_colour_type?: (number | null)
nav_display_mode?: (number | null)
enablehighcontrast?: (boolean | null)
actionscreen_display_type?: (number | null)
homescreenchartid?: (number | null)
homescreenchartname?: (string | null)
homescreenchartpublishedid?: (string | null)
homescreendashboardid?: (number | null)
homescreendashboardname?: (string | null)
sidemenudashboardid?: (number | null)
sidemenudashboardname?: (string | null)
clientdetails_layout_id?: (number | null)
clientdetails_layout_name?: (string | null)
nav_layout_id?: (number | null)
nav_layout_name?: (string | null)
sendowneremails?: (boolean | null)
warnifnoscan?: (boolean | null)
dontemailmeifiloggedit?: (boolean | null)
workhour_start?: (number | null)
workhour_end?: (number | null)
activedirectory_dn?: (string | null)
third_party_guid?: (string | null)
claims?: (Claim[] | null)
department?: (string | null)
_is_a_departmentmanager?: (boolean | null)
_is_a_teammanager?: (boolean | null)
access_control?: (AccessControl[] | null)
twofactor_enabled?: (boolean | null)
_isnew?: (boolean | null)
adconnection?: (number | null)
useadlogin?: (number | null)
container_dn?: (string | null)
notifications?: (UnameNotification[] | null)
notifications_personal?: (UnameNotification[] | null)
emailconfirmed?: (boolean | null)
accountconfirmed?: (boolean | null)
isinvite?: (boolean | null)
is_sales?: (boolean | null)
_getlogmeinid?: (boolean | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
_importtoken?: (string | null)
beyondtrust_name?: (string | null)
azure_connectionid?: (number | null)
azure_roleid?: (number | null)
chargerates?: (Restriction[] | null)
warnifnoscan_integrator?: (boolean | null)
warnifnoscan_integrator_hours?: (number | null)
orion_username?: (string | null)
orion_password?: (string | null)
ncentral_username?: (string | null)
soc_username?: (string | null)
autotaskid?: (number | null)
oktaid?: (string | null)
okta_status?: (string | null)
new_ncentral_key?: (string | null)
pomincostforapprovaltype?: (number | null)
pomincostforapproval?: (number | null)
quotemarginforapprovaltype?: (number | null)
quotemarginforapproval?: (number | null)
new_orion_password?: (string | null)
orion_access?: (boolean | null)
new_method?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
exchange_token_expiry?: (string | null)
exchange_redirect?: (string | null)
_getoauthtoken?: (boolean | null)
oauth_code?: (string | null)
oauth_redirect?: (string | null)
oauth_type?: (string | null)
new_access_token?: (string | null)
new_token_type?: (string | null)
new_refresh_token?: (string | null)
_disconnectintegration?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
sentinel_token_expiry?: (string | null)
sentinel_redirect?: (string | null)
default_columns_id_assets?: (number | null)
Oo_name?: (string | null)
_warning?: (string | null)
isagentdetails?: (boolean | null)
excludefromresourcebooking?: (boolean | null)
delegation_activated?: (boolean | null)
delegation_timebased?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
delegation_start?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
delegation_end?: (string | null)
delegation_user_id?: (number | null)
delegation_user_name?: (string | null)
_revoke_tokens?: (boolean | null)
authenticatorapp_configured?: (boolean | null)
_revoke_authenticatorapp?: (boolean | null)
ispasswordreset?: (boolean | null)
graph_host?: (string | null)
linked_halo_url?: (string | null)
holiday_allowance?: (number | null)
remaining_holiday_allowance?: (number | null)
_isbatch?: (boolean | null)
import_photo?: (boolean | null)
travelrate?: (number | null)
github_username?: (string | null)
_signature_id?: (string | null)
_signature?: (string | null)
is_admin?: (boolean | null)
ac_tickettypes?: (AccessControl[] | null)
ac_approvals?: (AccessControl[] | null)
ac_rules?: (AccessControl[] | null)
ac_cannedtext?: (AccessControl[] | null)
ac_customfields?: (AccessControl[] | null)
ac_customtables?: (AccessControl[] | null)
ac_dashboards?: (AccessControl[] | null)
ac_workflows?: (AccessControl[] | null)
ac_roles?: (AccessControl[] | null)
ac_slas?: (AccessControl[] | null)
ac_templates?: (AccessControl[] | null)
ac_outcomes?: (AccessControl[] | null)
ac_workdays?: (AccessControl[] | null)
ac_emailtemplates?: (AccessControl[] | null)
ac_messagegroups?: (AccessControl[] | null)
ac_reportgroups?: (AccessControl[] | null)
ac_fieldgroups?: (AccessControl[] | null)
ac_languagepacks?: (AccessControl[] | null)
ac_itemgroups?: (AccessControl[] | null)
default_columns_id_clients?: (number | null)
default_view_clients_selectedname?: (string | null)
default_view_assets_selectedname?: (string | null)
_do_reassign01?: (boolean | null)
check_reassign01?: (boolean | null)
_force?: (boolean | null)
default_view_customers_selectedid?: (number | null)
default_view_customers_selectedname?: (string | null)
default_view_users_selectedid?: (number | null)
default_view_users_selectedname?: (string | null)
default_columns_id_contracts?: (number | null)
default_view_contracts_selectedname?: (string | null)
default_columns_id_sites?: (number | null)
default_columns_sites_selectedname?: (string | null)
default_columns_id_users?: (number | null)
default_columns_users_selectedname?: (string | null)
pagerduty_email?: (string | null)
ac_assettypes?: (AccessControl[] | null)
ac_assetgroups?: (AccessControl[] | null)
ac_servicecategories?: (AccessControl[] | null)
ac_services?: (AccessControl[] | null)
ac_suppliers?: (AccessControl[] | null)
ac_suppliercontracts?: (AccessControl[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
jira_instance?: (number | null)
jira_instance_name?: (string | null)
pref_notification_sound?: (number | null)
pref_chat_sound?: (number | null)
default_columns_id_supplier_contracts?: (number | null)
default_view_supplier_contracts_selectedname?: (string | null)
default_view_assets?: (string | null)
default_view_assets_selectedid?: (number | null)
default_view_assets_selectedid_name?: (string | null)
matching_value?: (string | null)
sqlimport_id?: (number | null)
splashtop_url?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
splashtop_token_expiry?: (string | null)
default_splashtop_channelname?: (string | null)
splashtop_channel?: (KeyPair2 | null)
ac_chatprofiles?: (AccessControl[] | null)
ac_faqlists?: (AccessControl[] | null)
allow_automatic_call_scripts?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
gotoresolve_token_expiry?: (string | null)
ac_devices?: (AccessControl[] | null)
linked_user_client_id?: (number | null)
use?: (string | null)
assetfields?: (UnameField[] | null)
unamecustomfields?: (UnameCustom[] | null)
unameappointmenttypes?: (UnameAppointment[] | null)
_canupdate?: (boolean | null)
_canupdate_moreinfo?: (boolean | null)
logmeinid?: (string | null)
allowbeyondtrustinvites?: (boolean | null)
jira_id?: (string | null)
custombuttons?: (UnameButton[] | null)
namewithinactive?: (string | null)
apptsync?: (number | null)
okta_id?: (string | null)
enableshifts?: (boolean | null)
sendemailerrors?: (boolean | null)
uname_usercustomfields?: (UnameCustom[] | null)
can_approve_purchaseorder?: (boolean | null)
can_approve_quote?: (boolean | null)
can_approve_invoice?: (boolean | null)
default_splashtop_channel?: (number | null)
workday_name?: (string | null)
workday_timezone?: (string | null)
concurrent_licences_in_use?: (number | null)
concurrent_agent_total?: (number | null)
_reassign_all_accounts_to_agent?: (number | null)
_kick?: (boolean | null)
allow_presence_notifications?: (boolean | null)
azure_tenant_id?: (string | null)
azure_client_id?: (string | null)
presence_subscription?: (UnamePresenceSubscription | null)
default_columns_id_supplier?: (number | null)
default_columns_supplier_selectedname?: (string | null)
default_view_suppliers_selectedid?: (number | null)
default_view_suppliers_selectedname?: (string | null)
contractdetails_layout_id?: (number | null)
contractdetails_layout_name?: (string | null)
default_action_date_display?: (number | null)
signature_image?: (string | null)
exclude_from_automatic_assigning?: (boolean | null)
userdetails_layout_id?: (number | null)
userdetails_layout_name?: (string | null)
guid?: (string | null)
calendar_options_multi?: (KeyPair2[] | null)
ac_databaselookups?: (AccessControl[] | null)
default_columns_id_pos?: (number | null)
default_view_pos_selectedname?: (string | null)
sitedetails_layout_id?: (number | null)
sitedetails_layout_name?: (string | null)
enable_teams_shifts?: (boolean | null)
warnif_incomplete_ts?: (boolean | null)
warnif_incomplete_ts_manager?: (boolean | null)
incomplete_ts_threshold?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
incomplete_ts_sendtime?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
incomplete_ts_lastcreated?: (string | null)
first_role_id?: (string | null)
in_queried_team?: (boolean | null)
guid_string?: (string | null)
}
export interface UnameSection {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
team_id?: (number | null)
team_guid?: (string | null)
team_name?: (string | null)
department_id?: (number | null)
org_department_team_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
is_manager?: (boolean | null)
no_config_access?: (boolean | null)
unassigned_access?: (boolean | null)
otheragent_access?: (boolean | null)
fortickets?: (boolean | null)
foropps?: (boolean | null)
forprojects?: (boolean | null)
in_section?: (boolean | null)
namewithinactive?: (string | null)
}
export interface UnameDepartment {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
department_id?: (number | null)
department_guid?: (string | null)
department_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
membershiplevel?: (number | null)
includeteamsintree?: (boolean | null)
}
export interface Role {
id?: (string | null)
intent?: (string | null)
chargerates?: (Restriction[] | null)
id_int?: (number | null)
notes?: (string | null)
teams?: (UnameSection[] | null)
departments?: (UnameDepartment[] | null)
clients?: (UnameAreaRestriction[] | null)
tickettypes?: (UnameRequestType[] | null)
assetfields?: (UnameField[] | null)
unamecustomfields?: (UnameCustom[] | null)
unameappointmenttypes?: (UnameAppointment[] | null)
notifications?: (UnameNotification[] | null)
claims?: (Claim[] | null)
custombuttons?: (UnameButton[] | null)
_warning?: (string | null)
assettypes?: (UnameXtype[] | null)
Oo_name?: (string | null)
uname_usercustomfields?: (UnameCustom[] | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
ac_tickettypes?: (AccessControl[] | null)
ac_approvals?: (AccessControl[] | null)
ac_rules?: (AccessControl[] | null)
ac_cannedtext?: (AccessControl[] | null)
ac_customfields?: (AccessControl[] | null)
ac_customtables?: (AccessControl[] | null)
ac_dashboards?: (AccessControl[] | null)
ac_workflows?: (AccessControl[] | null)
ac_roles?: (AccessControl[] | null)
ac_slas?: (AccessControl[] | null)
ac_templates?: (AccessControl[] | null)
ac_outcomes?: (AccessControl[] | null)
ac_workdays?: (AccessControl[] | null)
ac_emailtemplates?: (AccessControl[] | null)
ac_messagegroups?: (AccessControl[] | null)
ac_reportgroups?: (AccessControl[] | null)
ac_fieldgroups?: (AccessControl[] | null)
ac_languagepacks?: (AccessControl[] | null)
ac_itemgroups?: (AccessControl[] | null)
ac_suppliers?: (AccessControl[] | null)
ac_suppliercontracts?: (AccessControl[] | null)
is_integration?: (boolean | null)
ac_assettypes?: (AccessControl[] | null)
ac_assetgroups?: (AccessControl[] | null)
ac_servicecategories?: (AccessControl[] | null)
ac_services?: (AccessControl[] | null)
ac_chatprofiles?: (AccessControl[] | null)
ac_faqlists?: (AccessControl[] | null)
ac_devices?: (AccessControl[] | null)
sites?: (UnameSite[] | null)
name?: (string | null)
normalizedName?: (string | null)
concurrencyStamp?: (string | null)
ac_databaselookups?: (AccessControl[] | null)
}
export interface Restriction {
id?: number
type?: (number | null)
key1?: (number | null)
key1_name?: (string | null)
key2?: (number | null)
key2_guid?: (string | null)
key2_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
_warning?: (string | null)
}
export interface UnameAreaRestriction {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
client_id?: (number | null)
client_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
}
export interface UnameRequestType {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
tickettype_id?: (number | null)
tickettype_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
cancreate?: (boolean | null)
canview?: (boolean | null)
canedit?: (boolean | null)
_warning?: (string | null)
}
export interface UnameField {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
field_id?: (number | null)
field_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
field_type?: (string | null)
level?: (number | null)
_warning?: (string | null)
}
export interface UnameCustom {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
field_id?: (number | null)
field_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
field_type?: (string | null)
level?: (number | null)
canadd?: (boolean | null)
candelete?: (boolean | null)
canedit?: (boolean | null)
customfield_type?: (number | null)
_warning?: (string | null)
}
export interface UnameAppointment {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
field_id?: (number | null)
field_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
field_type?: (string | null)
level?: (number | null)
_warning?: (string | null)
}
export interface UnameButton {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
roleid?: (string | null)
role_name?: (string | null)
button_id?: (number | null)
button_name?: (string | null)
can_access?: (boolean | null)
_warning?: (string | null)
}
export interface UnameXtype {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
assettype_id?: (number | null)
assettype_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
cancreate?: (boolean | null)
canview?: (boolean | null)
canedit?: (boolean | null)
_warning?: (string | null)
}
export interface UnameSite {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
site_id?: (number | null)
site_name?: (string | null)
level?: (number | null)
_warning?: (string | null)
}
export interface UnameQualification {
id?: number
agent_id?: (number | null)
agent_name?: (string | null)
qualification_id?: (number | null)
qualification_name?: (string | null)
role_id?: (string | null)
role_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
_warning?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddate?: (string | null)
}
export interface UnamePresenceSubscription {
id?: number
agent_id?: (number | null)
azure_connection_id?: (number | null)
azure_oid?: (string | null)
azure_upn?: (string | null)
new_access_token?: (string | null)
new_refresh_token?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
token_expiry?: (string | null)
redirect_uri?: (string | null)
_subscriptionaction?: number
subscription_id?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
subscription_expiry?: (string | null)
subscribed?: (boolean | null)
new_subscription_key?: (string | null)
oauth_code?: (string | null)
graph_host?: (string | null)
azure_connection?: ({
[k: string]: unknown
} | null)
_dosave?: (boolean | null)
}
export interface AgentRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The name people see. Halo refuses an agent without one.
 */
name?: (string | null)
/**
 * The given name.
 */
firstname?: (string | null)
/**
 * The family name.
 */
surname?: (string | null)
/**
 * The e-mail address, also the login name unless that is set apart.
 */
email?: (string | null)
/**
 * Initials, as shown in a picture's place.
 */
initials?: (string | null)
/**
 * What the person does, such as `Service desk lead`.
 */
jobtitle?: (string | null)
/**
 * The agent's main team, by name.
 */
team?: (string | null)
/**
 * The teams that the agent is a member of. An API agent sees only the tickets of its teams.
 */
teams?: (UnameSection[] | null)
/**
 * The departments of the MSP.
 */
departments?: (UnameDepartment[] | null)
/**
 * True keeps the agent from logging in.
 */
isdisabled?: (boolean | null)
/**
 * Whether this is an agent and not only a name.
 */
is_agent?: (boolean | null)
/**
 * True marks an agent for the API alone, which takes no licence.
 */
isapiagent?: (boolean | null)
/**
 * The telephone extension.
 */
extensionnumber?: (string | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * The agent's line manager, by number.
 */
linemanager?: (number | null)
/**
 * The working hours that apply.
 */
workday_id?: (number | null)
/**
 * What an hour of the agent costs.
 */
costprice?: (number | null)
/**
 * The rate that the agent's time is charged at, by number.
 */
chargerate?: (number | null)
/**
 * The kind of licence.
 */
licence_type?: (number | null)
onlinestatus_actual?: (number | null)
onlinestatus?: (number | null)
is_online?: (boolean | null)
lastonline?: (string | null)
ad?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastlogindate?: (string | null)
agentphotopath?: (string | null)
sms?: (string | null)
ticket_count?: (number | null)
one_client?: (number | null)
clients?: (UnameAreaRestriction[] | null)
tickettypes?: (UnameRequestType[] | null)
qualifications?: (UnameQualification[] | null)
qualification_weighting?: (number | null)
qualified?: (boolean | null)
role_list?: (string | null)
current_action_type?: (string | null)
current_action_name?: (string | null)
assettypes?: (UnameXtype[] | null)
googleemail?: (string | null)
linemanager_name?: (string | null)
inboxes?: (number | null)
exchange_authorized?: (boolean | null)
exchange_account?: (string | null)
sentinel_authorized?: (boolean | null)
named_licences_in_use?: (number | null)
google_mail_authorized?: (boolean | null)
inbox_clientid?: (string | null)
splashtop_authorized?: (boolean | null)
gotoresolve_authorized?: (boolean | null)
use?: (string | null)
assetfields?: (UnameField[] | null)
unamecustomfields?: (UnameCustom[] | null)
unameappointmenttypes?: (UnameAppointment[] | null)
_canupdate?: (boolean | null)
_canupdate_moreinfo?: (boolean | null)
logmeinid?: (string | null)
allowbeyondtrustinvites?: (boolean | null)
jira_id?: (string | null)
custombuttons?: (UnameButton[] | null)
namewithinactive?: (string | null)
apptsync?: (number | null)
okta_id?: (string | null)
enableshifts?: (boolean | null)
sendemailerrors?: (boolean | null)
uname_usercustomfields?: (UnameCustom[] | null)
can_approve_purchaseorder?: (boolean | null)
can_approve_quote?: (boolean | null)
can_approve_invoice?: (boolean | null)
default_splashtop_channel?: (number | null)
workday_name?: (string | null)
workday_timezone?: (string | null)
concurrent_licences_in_use?: (number | null)
concurrent_agent_total?: (number | null)
first_role_id?: (string | null)
in_queried_team?: (boolean | null)
guid_string?: (string | null)
}
export interface AgentsGetInput {
/**
 * The agent's number. 1 is usually Unassigned.
 */
id: number
/**
 * The client on whose behalf the call is made, where the API's agent may choose.
 */
clientidoverride?: string
/**
 * Adds the signature in the form that Halo's HTML designer edits.
 */
get_htmldesigner_signature?: boolean
/**
 * Adds the agent's holiday allowance.
 */
getholidayallowance?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * Adds what the agent's configuration screen shows.
 */
isagentconfig?: boolean
/**
 * Reads from Halo's cache: faster and possibly a little old.
 */
loadcache?: boolean
}
export interface AgentsListInput {
/**
 * Only agents that may work for this client.
 */
client_id?: number
/**
 * Text to look for in the names of agents.
 */
search?: string
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * The list as the calendar needs it: agents that can have appointments.
 */
appointmentscreen?: boolean
/**
 * Only records that the API's agent may edit.
 */
can_edit_only?: boolean
/**
 * The client on whose behalf the call is made, where the API's agent may choose.
 */
clientidoverride?: string
/**
 * Only records of this department of the MSP.
 */
department_id?: number
/**
 * Only records of these departments: numbers separated by commas.
 */
departments?: (string | number)
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Only agents whose calendar is connected to Exchange.
 */
exchangecalendars?: boolean
/**
 * Leaves this agent out.
 */
excludeAgent?: number
/**
 * Only agents that hold every one of `qualifications`.
 */
forcequalmatch?: boolean
/**
 * True lists API-only agents too.
 */
includeapiagents?: boolean
/**
 * True lists disabled ones too.
 */
includedisabled?: (boolean | string)
/**
 * False leaves enabled ones out; useful with `includedisabled`.
 */
includeenabled?: (boolean | string)
/**
 * Adds how many named licences are in use.
 */
includenamedcount?: boolean
/**
 * Adds the roles of each agent.
 */
includeroles?: boolean
/**
 * Adds each agent's online status.
 */
includestatus?: boolean
/**
 * True lists the agent Unassigned too.
 */
includeunassigned?: (boolean | string)
/**
 * The name of an integration, where the list is wanted for mapping one.
 */
integration_type?: string
/**
 * Only agents whose line manager is the API's agent.
 */
linemanagedonly?: boolean
/**
 * The list as integrations need it to link their agents.
 */
linkingagents?: boolean
/**
 * Reads from Halo's cache: faster and possibly a little old.
 */
loadcache?: boolean
/**
 * Only agents with these online statuses: numbers separated by commas.
 */
onlinestatuses?: string
/**
 * Only agents with these qualifications: numbers separated by commas.
 */
qualifications?: string
/**
 * The list as the reassign screen shows it.
 */
reassign?: boolean
/**
 * The agents of a connected remote tool instead of Halo's own.
 */
remoteagents?: boolean
/**
 * Which remote tool `remoteagents` means.
 */
remoteagenttype?: string
/**
 * Only people with this role.
 */
role?: string
/**
 * Only agents that work shifts.
 */
shiftagentsonly?: boolean
/**
 * True lists records that would be hidden from the API's agent by its restrictions.
 */
showall?: boolean
/**
 * Adds to each row how many tickets it has.
 */
showcounts?: boolean
/**
 * Only records of these teams: team numbers separated by commas, not names.
 */
team?: (string | number)
/**
 * Only agents of this team.
 */
team_id?: number
/**
 * Only agents of these teams: numbers separated by commas.
 */
teams?: (string | number)
/**
 * Only the API's own agent.
 */
thisAgentOnly?: boolean
/**
 * A ticket area of Halo (a section of its screens) to which the list is restricted.
 */
ticketarea_id?: number
/**
 * Only agents that may work on tickets of this type.
 */
tickettype_id?: number
/**
 * A saved view of Halo whose filters to apply. Halo has ignored it for API callers on some versions: check the rows.
 */
view_id?: number
/**
 * Only agents with an e-mail address.
 */
withemail?: boolean
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
}
export interface AppointmentFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * What it is about.
 */
subject?: (string | null)
/**
 * When it begins (ISO 8601, UTC, no zone).
 */
start_date?: (string | null)
/**
 * When it ends (ISO 8601, UTC, no zone).
 */
end_date?: (string | null)
/**
 * Whether it takes the whole day.
 */
allday?: (boolean | null)
/**
 * The agent it is for; several go into `agents`.
 */
agent_id?: (number | null)
/**
 * The agents it is for: `[{ id, use: 'agent' }]`.
 */
agents?: (AgentFields[] | null)
/**
 * The ticket's number.
 */
ticket_id?: (number | null)
/**
 * The client's number.
 */
client_id?: (number | null)
/**
 * The site's number.
 */
site_id?: (number | null)
/**
 * The user's number: a contact at the client, not an agent.
 */
user_id?: (number | null)
/**
 * The type of appointment.
 */
appointment_type_id?: (number | null)
/**
 * Free text.
 */
note?: (string | null)
/**
 * The note as HTML.
 */
note_html?: (string | null)
/**
 * Whether only its agents see what it is about.
 */
is_private?: (boolean | null)
/**
 * True for a task: something to do rather than a time to be somewhere.
 */
is_task?: (boolean | null)
/**
 * The status, as Halo numbers it.
 */
status?: (number | null)
/**
 * How it ended, as Halo numbers it.
 */
complete_status?: (number | null)
/**
 * When it was completed (ISO 8601, UTC, no zone).
 */
complete_date?: (string | null)
/**
 * What to note on the ticket when it is completed.
 */
complete_note?: (string | null)
/**
 * The status the agent shows meanwhile, such as out of office.
 */
agent_status?: (number | null)
/**
 * True tells the agents by e-mail.
 */
inform_agents?: (boolean | null)
/**
 * True tells the user by e-mail.
 */
inform_user?: (boolean | null)
/**
 * Who else takes part, as e-mail addresses.
 */
attendees?: (string | null)
/**
 * The link of the online meeting.
 */
online_meeting_url?: (string | null)
/**
 * Where it is, in words.
 */
appointment_location_free_text?: (string | null)
/**
 * How many minutes before the agent is reminded.
 */
reminderminutes?: (number | null)
/**
 * Minutes between the caller's time and UTC. Leave it out: all times are UTC then.
 */
utcoffset?: (number | null)
/**
 * The contract's number.
 */
contract_id?: (number | null)
/**
 * The rate that time is charged at, by number.
 */
chargerate?: (number | null)
/**
 * The kind of record, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * The agent's name. Answered by Halo, not needed in writes.
 */
agent_name?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * What the appointment belongs to, in words. Answered by Halo.
 */
entity?: (number | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The user's name. Answered by Halo, not needed in writes.
 */
user_name?: (string | null)
collection_id?: (string | null)
confirmed?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
exchangestartdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
exchangeenddate?: (string | null)
exchangemailboxfqdn?: (string | null)
messagestatus?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
betweenstart?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
betweenend?: (string | null)
tolist?: (string | null)
cclist?: (string | null)
bcclist?: (string | null)
usermessagestatus?: (number | null)
reminderstatus?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
reminderdate?: (string | null)
complete_notehtml?: (string | null)
fromcompletedapid?: (number | null)
complete_agent_id?: (number | null)
offhold?: (boolean | null)
changedinnhd?: (boolean | null)
estimate?: (number | null)
meetingtype?: (number | null)
commisionable?: (boolean | null)
invitesent?: (number | null)
cspid?: (number | null)
_force?: (boolean | null)
add_followup_appointment?: (boolean | null)
add_followup_task?: (boolean | null)
followup_subject?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
followup_start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
followup_end_date?: (string | null)
followup_allday?: (boolean | null)
followup_inform_agents?: (boolean | null)
followup_inform_user?: (boolean | null)
followup_agents?: (AgentFields[] | null)
followup_user_id?: (number | null)
followup_is_private?: (boolean | null)
followup_reminderminutes?: (number | null)
followup_agent_status?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
followup_date?: (string | null)
followup_note?: (string | null)
followup_note_html?: (string | null)
followup_id?: (number | null)
followup_appointmenttype_id?: (number | null)
reassign_ticket?: (boolean | null)
contact_emailaddress?: (string | null)
contact_phonenumber?: (string | null)
appointment_hours?: (number | null)
appointment_work_hours?: (number | null)
complete_timetaken?: (number | null)
contact_address?: (Address | null)
outcomes?: (Outcome[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date_only?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date_only?: (string | null)
_validateonly?: (boolean | null)
_iscloning?: (boolean | null)
_collectionmaster?: (boolean | null)
conference_id?: (string | null)
toll_number?: (string | null)
exchange_uid?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
_importemail?: (string | null)
external_organizer?: (boolean | null)
followup_attendees?: (string | null)
apfaultidremoved?: (boolean | null)
category1?: (string | null)
category2?: (string | null)
category3?: (string | null)
category4?: (string | null)
key?: (string | null)
resource_booking_type?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
resource_booking_timeslot?: (string | null)
booking_name?: (string | null)
booking_email?: (string | null)
booking_phonenumber?: (string | null)
_warning?: (string | null)
do_reopen?: (boolean | null)
requesttype?: (number | null)
resourcebookingtype?: (number | null)
resourcebookingtypeagent?: (number | null)
defaultresourcetype?: (number | null)
defaultbookingtype?: (number | null)
team_id?: (number | null)
allowed_resourcebooking_teams?: (SectionRequestType[] | null)
resourcebookingteam?: (number | null)
organizer_email?: (string | null)
ticket_phonenumber?: (string | null)
ticket_emailaddress?: (string | null)
appointment_status?: (number | null)
primary_ticket_appointment?: (boolean | null)
schedule?: (Schedule | null)
schedulehandledtype?: (number | null)
createnextappt?: (boolean | null)
halo_recurring_master_id?: (number | null)
approval_start?: (boolean | null)
requires_approval?: (boolean | null)
approvalagent?: (number | null)
approvalnote?: (string | null)
appointment_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
approvaldatetime?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
import_agent_ids?: (string | null)
import_user?: (string | null)
import_open_appointment_status?: (string | null)
import_appointment_type?: (string | null)
import_shift_type?: (string | null)
import_agent_status?: (string | null)
update_ticket_status?: (number | null)
holiday_id?: (string | null)
_canupdate?: (boolean | null)
_cancomplete?: (boolean | null)
colour?: (string | null)
holiday_type?: (number | null)
appointment_type_name?: (string | null)
reminder_shown?: (boolean | null)
organizer?: (number | null)
entryid?: (string | null)
changekey?: (string | null)
_recurringmaster?: (boolean | null)
recurring_master_id?: (string | null)
open_appointment_status?: (number | null)
appointment_location?: (number | null)
appointment_location_name?: (string | null)
approvalemailaddress?: (string | null)
requestedapprovalagent?: (number | null)
approval_status?: (number | null)
_candelete?: (boolean | null)
other1?: (number | null)
other2?: (number | null)
calendar_id?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
exchangelastmodifieddate?: (string | null)
shift_type_id?: (number | null)
shift_team_id?: (number | null)
shift_team_name?: (string | null)
recurring_desc?: (string | null)
crmnote_id?: (number | null)
autocomplete?: (boolean | null)
has_immutable_exchange_id?: (boolean | null)
new_external_link?: (ExternalLinkRow | null)
}
export interface Outcome {
id?: number
guid?: (string | null)
intent?: (string | null)
outcome?: (string | null)
buttonname?: (string | null)
labellong?: (string | null)
colour?: (string | null)
sequence?: (number | null)
hidden?: (boolean | null)
systemid?: (number | null)
dontshowscreen?: (boolean | null)
respondtype?: (number | null)
update_parent_attachment_type?: (number | null)
sendemail?: (number | null)
sendsms?: (number | null)
actionvisibility?: (boolean | null)
child_template_id?: (number | null)
createchildticketortemplate?: (number | null)
child_ticket_type_id?: (number | null)
tfstype?: (string | null)
icon?: (string | null)
translate_before_sending?: (boolean | null)
colour_type?: (number | null)
child_template_guid?: (string | null)
child_ticket_type_guid?: (string | null)
newstatus?: (number | null)
newstatus_guid?: (string | null)
slaholdischecked?: (boolean | null)
userdesc?: (string | null)
emailtemplate_id?: (number | null)
emailtemplate_guid?: (string | null)
emailtemplate_name?: (string | null)
slareleaseischecked?: (boolean | null)
chargerate?: (number | null)
defaultuserdef?: (number | null)
defaultmanhrs?: (number | null)
defaultnonbill?: (number | null)
securitylevel?: (number | null)
approval_process_id?: (number | null)
approval_process_guid?: (string | null)
approval_process_name?: (string | null)
hidefromuser?: (boolean | null)
fieldvisible?: (string | null)
hotkey?: (string | null)
buttonimage?: (number | null)
hidesendemail?: (boolean | null)
hidesendsms?: (boolean | null)
hidecloserequest?: (boolean | null)
defaultagent?: (number | null)
defaultagent_name?: (string | null)
defaultpriority?: (number | null)
defaultteam?: (string | null)
includecc?: (boolean | null)
includeto?: (boolean | null)
default_note?: (string | null)
mustassign?: (boolean | null)
requesttype?: (number | null)
requesttype_guid?: (string | null)
mustaddnote?: (boolean | null)
worddocid?: (number | null)
worddocpath?: (string | null)
synctosap?: (boolean | null)
child_template_name?: (string | null)
child_ticket_type_name?: (string | null)
tooverride?: (string | null)
ccoverride?: (string | null)
bccoverride?: (string | null)
workflow_id?: (number | null)
workflow_guid?: (string | null)
workflow_name?: (string | null)
synctodynamics?: (boolean | null)
showhidecheckbox?: (boolean | null)
showslacheckbox?: (boolean | null)
showimportantcheckbox?: (boolean | null)
isimportant?: (boolean | null)
showfollowcheckbox?: (boolean | null)
follow?: (boolean | null)
primaryserviceusersfollow?: (boolean | null)
defaultappointmentstatus?: (number | null)
reportid?: (number | null)
report_attach_pdf?: (boolean | null)
report_attach_xls?: (boolean | null)
report_attach_csv?: (boolean | null)
report_attach_json?: (boolean | null)
reportname?: (string | null)
todo_template_id?: (number | null)
todo_template_guid?: (string | null)
todo_template_name?: (string | null)
child_emailtemplate_id?: (number | null)
child_emailtemplate_guid?: (string | null)
child_emailtemplate_name?: (string | null)
default_linkedticket_status?: (number | null)
default_linkedticket_status_guid?: (string | null)
newaction_subject?: (string | null)
newaction_subject_close?: (string | null)
newaction_emailto?: (string | null)
newaction_emailcc?: (string | null)
newaction_emailbcc?: (string | null)
newaction_emailfrom?: (number | null)
newaction_emailfrom_address_override?: (string | null)
newaction_projecttimebudget?: (number | null)
newaction_supplier?: (SupplierFields | null)
newaction_supplier_contract_id?: (number | null)
newaction_supplier_sla_id?: (number | null)
newaction_supplier_priority_id?: (number | null)
newaction_thirdpartynhdapiurl?: (string | null)
newaction_thirdpartynhdapiareaid?: (number | null)
newaction_thirdpartynhdapisupplierid?: (number | null)
fields?: (RequestTypeField[] | null)
newticket_user?: (UserFields | null)
from_action_id?: (number | null)
to_ticket_id?: (number | null)
newticket_summary?: (string | null)
newticket_details?: (string | null)
newticket_tickettype_hidden?: (boolean | null)
attachments?: (AttachmentRowFields[] | null)
_ticketinfoloaded?: (boolean | null)
script_id?: (number | null)
script_name?: (string | null)
usetimer?: (boolean | null)
update_dynamic_email_list?: (boolean | null)
skip_pending_closure?: (boolean | null)
newsummaryfromsource?: (boolean | null)
newdetailsfromsource?: (boolean | null)
show_email_fields?: (boolean | null)
logtimeunits?: (number | null)
callscreencallscript?: (number | null)
callscreencallscript_name?: (string | null)
newaction_smsto?: (string | null)
pdftemplate_id?: (number | null)
pdftemplate_name?: (string | null)
excludeFromDynamicLists?: (boolean | null)
automation_runbookid?: (string | null)
automation_runbookname?: (string | null)
integration_method_id?: (number | null)
integration_method_name?: (string | null)
setdetailsfromnewticket?: (boolean | null)
hideactionfromcandi?: (boolean | null)
setemailbodytonote?: (boolean | null)
bccfollowers?: (boolean | null)
followersccbcc?: (number | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
showevenifnochild?: (boolean | null)
replytype?: (number | null)
parentdefaultuser?: (number | null)
parentdefaultuser_name?: (string | null)
_warning?: (string | null)
assetsearchtext?: (string | null)
action_resets_response?: (boolean | null)
showattachmentstouser?: (boolean | null)
customurl?: (string | null)
defaultcat1?: (string | null)
defaultcat2?: (string | null)
defaultcat3?: (string | null)
defaultcat4?: (string | null)
includeallattachments?: (boolean | null)
useremailintellisense?: (number | null)
supplieremailintellisense?: (number | null)
azure_action?: (number | null)
azure_connection_id?: (number | null)
azure_connection_name?: (string | null)
azure_connection?: ({
[k: string]: unknown
} | null)
azure_input_mappings?: (IntegrationFieldMapping[] | null)
azure_output_mappings?: (IntegrationFieldMapping[] | null)
default_sync_to_salesforce?: (boolean | null)
show_to_user?: (boolean | null)
defaultsupplier_id?: (number | null)
defaultsupplier_name?: (string | null)
isbillingaction?: (boolean | null)
ishiddenfrominternalit?: (boolean | null)
default_sync_to_servicenow?: (boolean | null)
default_asset_type?: (number | null)
default_asset_type_guid?: (string | null)
default_asset_type_name?: (string | null)
showautorelease?: (boolean | null)
workflows?: (KeyPair2[] | null)
quoter_template?: (string | null)
apptcompletetimetype?: (number | null)
default_asset_status?: (number | null)
tickettypes?: (KeyPair2[] | null)
translations?: (LanguagePackTranslationsCustom[] | null)
travelrate?: (number | null)
default_sync_to_jira?: (boolean | null)
newaction_thirdpartynhdjirasupplierid?: (number | null)
allow_user_attachments?: (boolean | null)
default_send_to_halo?: (boolean | null)
tagreleasetype?: (number | null)
releaseid?: (number | null)
releasename?: (string | null)
releaseid2?: (number | null)
releasename2?: (string | null)
releaseid3?: (number | null)
releasename3?: (string | null)
showsendtwitter?: (boolean | null)
showsendfacebook?: (boolean | null)
lastusercontactmethod?: (string | null)
default_private_note?: (string | null)
ai_operation?: (number | null)
ai_model?: (string | null)
ai_prompt?: (string | null)
showsendwhatsapp?: (boolean | null)
default_opp_closure_cat?: (number | null)
default_send_to_pagerduty?: (boolean | null)
minattachments?: (number | null)
defaultappointmenttype?: (number | null)
showsendsurvey?: (boolean | null)
sendsurvey?: (number | null)
showsendinstagram?: (boolean | null)
showslacheckbox_mandatory?: (boolean | null)
ai_preview?: (boolean | null)
ai_improve_agent_note_default_on?: (boolean | null)
defaultcommunicationmethod?: (number | null)
newaction_thirdpartynhdservicenowsupplierid?: (number | null)
related_note_visibility?: (number | null)
override_from_mailbox_id?: (number | null)
override_from_mailbox_name?: (string | null)
create_issue_type?: (number | null)
show_when_locked?: (boolean | null)
showsendgooglebusiness?: (boolean | null)
submitlabeloverride?: (string | null)
default_send_jira_note?: (boolean | null)
config_type?: (number | null)
show_on_parent?: (number | null)
show_on_child?: (number | null)
newactiondisplay?: (number | null)
newactiondisplaysize?: (number | null)
lapsafe_default_installation?: (string | null)
lapsafe_default_installation_name?: (string | null)
lapsafe_default_installation_obj?: (KeyPair2 | null)
hide_header_button?: (boolean | null)
charge_rate_overrides_ticket?: (boolean | null)
linked_from_variable?: (boolean | null)
workflow_step_id?: (number | null)
workflow_step_name?: (string | null)
default_team_to_agents_default?: (boolean | null)
do_not_allow_with_open_appointments?: (boolean | null)
new_ticket_attachments?: (boolean | null)
run_ai_insights?: (boolean | null)
sales_mailbox_override_id?: (number | null)
hide_user_visibility_toggle?: (boolean | null)
email_editing?: (number | null)
default_distribution_list?: (number | null)
default_distribution_list_name?: (string | null)
}
export interface SupplierFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The supplier's name.
 */
name?: (string | null)
/**
 * The top level (group of clients) above.
 */
toplevel_id?: (number | null)
/**
 * Whom to talk to.
 */
contact_name?: (string | null)
/**
 * The contact's title.
 */
contact_title?: (string | null)
/**
 * The address that e-mails go to.
 */
email_address?: (string | null)
/**
 * Where requests for support go.
 */
support_email_address?: (string | null)
/**
 * The telephone number.
 */
phone_number?: (string | null)
/**
 * A second telephone number.
 */
phone_number_2?: (string | null)
/**
 * The fax number.
 */
fax?: (string | null)
/**
 * The postal address.
 */
address?: (string | null)
/**
 * The address of the website.
 */
website?: (string | null)
/**
 * The address of its portal.
 */
portal_url?: (string | null)
/**
 * Its id in the accounting package.
 */
accounts_id?: (string | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * The contract with it that counts unless said otherwise.
 */
default_contract_id?: (number | null)
/**
 * The currency of its invoices.
 */
default_currency_code?: (number | null)
/**
 * Whether it supplies.
 */
is_supplier?: (boolean | null)
/**
 * Whether it manufactures.
 */
is_manufacturer?: (boolean | null)
/**
 * The e-mail domain by which incoming mail is matched.
 */
emaildomain?: (string | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The company above it.
 */
parentid?: (number | null)
/**
 * The record with its details. Answered by Halo.
 */
details_id?: (number | null)
toplevel_name?: (string | null)
emailtemplate_id?: (number | null)
default_contract_sla_id?: (number | null)
thirdpartynhdapiurl?: (string | null)
custombuttons?: (CustomButton[] | null)
contract_count?: (number | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
phone_number_3?: (string | null)
switchslatosupplier?: (boolean | null)
emailoverduefixby?: (boolean | null)
emailoverdueresponse?: (boolean | null)
webserviceurl?: (string | null)
emailtemplate_name?: (string | null)
portal_ref?: (string | null)
portal_username?: (string | null)
portal_password?: (string | null)
mobile?: (string | null)
email_start_tag?: (string | null)
email_end_tag?: (string | null)
usesnhd?: (boolean | null)
nhdurl?: (string | null)
nhdemailaddress?: (string | null)
nhdpassword?: (string | null)
users?: (UserRowFields[] | null)
allow_api_access?: (boolean | null)
api_access_clientid?: (string | null)
api_access_clientsecret?: (string | null)
thirdpartynhdauthurl?: (string | null)
thirdpartynhdtenant?: (string | null)
thirdpartynhdapiclientid?: (string | null)
new_thirdpartynhdapiclientsecret?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
kashflowid?: (number | null)
kashflow_tenant_id?: (number | null)
kashflow_tenant_name?: (string | null)
xero_tenant_id?: (string | null)
xero_tenant_name?: (string | null)
xero_id?: (string | null)
is_xero_archived?: (boolean | null)
qbo_company_name?: (string | null)
_warning?: (string | null)
issupplierdetails?: (boolean | null)
jira_url?: (string | null)
jira_username?: (string | null)
new_jirakey?: (string | null)
test_jira?: (boolean | null)
jira_servicedesk_id?: (string | null)
jira_servicedesk_name?: (string | null)
jira_servicedesk?: (KeyPair2 | null)
jira_requesttype_mappings?: (IntegrationFieldMapping[] | null)
jira_user_id?: (string | null)
jira_user_name?: (string | null)
jira_user?: (KeyPair2 | null)
jira_priority_mappings?: (IntegrationFieldMapping[] | null)
jira_status_mappings?: (IntegrationFieldMapping[] | null)
create_jira_webhook?: (boolean | null)
jira_webhook_created?: (boolean | null)
synced_to_intacct?: (boolean | null)
intacct_location_id?: (string | null)
intacct_location_id_list?: (KeyPair2[] | null)
intacct_location_type?: (string | null)
intacct_save_location?: (string | null)
default_currency_code_name?: (string | null)
ignore_from_accounting_sync?: (boolean | null)
intacct_default_save_loc?: (string | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
new_icon?: (string | null)
servicenow_url?: (string | null)
servicenow_locale?: (string | null)
servicenow_username?: (string | null)
new_servicenowkey?: (string | null)
servicenow_priority_mappings?: (IntegrationFieldMapping[] | null)
servicenow_status_mappings?: (IntegrationFieldMapping[] | null)
servicenow_impact_mappings?: (IntegrationFieldMapping[] | null)
servicenow_urgency_mappings?: (IntegrationFieldMapping[] | null)
servicenow_category_mappings?: (IntegrationFieldMapping[] | null)
servicenow_assignment_group?: (string | null)
servicenow_assignment_group_name?: (string | null)
servicenow_assignmentgroup?: (KeyPair2 | null)
servicenow_defaultuser_id?: (string | null)
servicenow_defaultuser_name?: (string | null)
servicenow_defaultuser?: (KeyPair2 | null)
test_servicenow?: (boolean | null)
myob_tenant?: (number | null)
myob_tenant_name?: (string | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
purchase_tax_code?: (number | null)
purchase_tax_code_name?: (string | null)
sync_servicenow_attachments?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
servicenow_team_mappings?: (IntegrationFieldMapping[] | null)
servicenow_ticket_sync?: (string | null)
servicenow_ticket_sync_list?: (KeyPair2[] | null)
servicenow_fieldmappings?: (IntegrationFieldMapping[] | null)
jira_webhook_user?: (number | null)
jira_webhook_username?: (string | null)
supplier_invoice_due_date_extra_days?: (number | null)
use?: (string | null)
logo?: (string | null)
qbo_company_id?: (string | null)
jira_validated?: (boolean | null)
supplier_mailbox_override?: (number | null)
supplier_mailbox_address?: (string | null)
servicenow_validated?: (boolean | null)
messagegroup_id?: (number | null)
servicenow_authtype?: (number | null)
}
export interface IntegrationFieldMapping {
id?: number
fiid?: (number | null)
name?: (string | null)
thirdpartyname?: (string | null)
msid?: (number | null)
typeid?: (number | null)
isassetfield?: (boolean | null)
subtypeid?: (number | null)
newrecords?: (boolean | null)
xmvalue?: (string | null)
third_party_friendly_name?: (string | null)
sync?: (boolean | null)
synctype?: (number | null)
product?: (number | null)
dontupdate?: (boolean | null)
product_name?: (string | null)
third_party_field_type?: (number | null)
populateemptyvalue?: (boolean | null)
value_set?: (string | null)
_warning?: (string | null)
}
export interface SectionRequestType {
id?: number
tickettype_id?: number
section_id?: number
section_name?: (string | null)
allowedteamsrestriction?: (boolean | null)
_warning?: (string | null)
}
export interface Schedule {
id?: number
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddate?: (string | null)
subject?: (string | null)
hours?: (number | null)
dailyrecurrencepattern?: (number | null)
dailyrecurrencedays?: (number | null)
weeklyrecurrenceweeks?: (number | null)
endafteramount?: (number | null)
rangeofrecurrence?: (number | null)
requesttype?: (number | null)
recurrencepattern?: (number | null)
agentid?: (number | null)
monthlyrecurrencepattern?: (number | null)
yearlyrecurrencepattern?: (number | null)
monthlyrecurrencespecificdate?: (number | null)
monthlyrecurrencespecificdateinterval?: (number | null)
monthlyrecurrencespecificday?: (number | null)
monthlyrecurrencespecificdayofweek?: (number | null)
monthlyrecurrencespecificdayinterval?: (number | null)
yearlyrecurrencespecificdate?: (number | null)
yearlyrecurrencespecificdatemonth?: (number | null)
yearlyrecurrencespecificdateinterval?: (number | null)
yearlyrecurrencespecificday?: (number | null)
yearlyrecurrencespecificdayofweek?: (number | null)
yearlyrecurrencespecificdaymonth?: (number | null)
yearlyrecurrencespecificdayinterval?: (number | null)
type?: (number | null)
uniqueid?: (number | null)
weeklyrecurrencestring?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextcreationdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextrundate?: (string | null)
contract_schedule_plan?: (ContractSchedulePlan[] | null)
weeklyrecurrenceamount?: (KeyPair[] | null)
_validateonly?: (boolean | null)
events?: (AppointmentFields[] | null)
_warning?: (string | null)
}
export interface ContractSchedulePlan {
id?: number
contract_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
requesttype?: (number | null)
requesttype_name?: (string | null)
agent_id?: (number | null)
agent_name?: (string | null)
hours_allocated?: (number | null)
ticket_id?: (number | null)
subject?: (string | null)
hours?: (number | null)
apid?: (number | null)
event?: (AppointmentFields | null)
_warning?: (string | null)
}
export interface AppointmentRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * What it is about.
 */
subject?: (string | null)
/**
 * When it begins (ISO 8601, UTC, no zone).
 */
start_date?: (string | null)
/**
 * When it ends (ISO 8601, UTC, no zone).
 */
end_date?: (string | null)
/**
 * Whether it takes the whole day.
 */
allday?: (boolean | null)
/**
 * The agent it is for; several go into `agents`.
 */
agent_id?: (number | null)
/**
 * The ticket's number.
 */
ticket_id?: (number | null)
/**
 * The client's number.
 */
client_id?: (number | null)
/**
 * The site's number.
 */
site_id?: (number | null)
/**
 * The user's number: a contact at the client, not an agent.
 */
user_id?: (number | null)
/**
 * Whether only its agents see what it is about.
 */
is_private?: (boolean | null)
/**
 * True for a task: something to do rather than a time to be somewhere.
 */
is_task?: (boolean | null)
/**
 * How it ended, as Halo numbers it.
 */
complete_status?: (number | null)
/**
 * Who else takes part, as e-mail addresses.
 */
attendees?: (string | null)
/**
 * The link of the online meeting.
 */
online_meeting_url?: (string | null)
/**
 * Where it is, in words.
 */
appointment_location_free_text?: (string | null)
/**
 * The kind of record, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * The agent's name. Answered by Halo, not needed in writes.
 */
agent_name?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * What the appointment belongs to, in words. Answered by Halo.
 */
entity?: (number | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The user's name. Answered by Halo, not needed in writes.
 */
user_name?: (string | null)
holiday_id?: (string | null)
_canupdate?: (boolean | null)
_cancomplete?: (boolean | null)
colour?: (string | null)
holiday_type?: (number | null)
appointment_type_name?: (string | null)
reminder_shown?: (boolean | null)
organizer?: (number | null)
entryid?: (string | null)
changekey?: (string | null)
_recurringmaster?: (boolean | null)
recurring_master_id?: (string | null)
open_appointment_status?: (number | null)
appointment_location?: (number | null)
appointment_location_name?: (string | null)
approvalemailaddress?: (string | null)
requestedapprovalagent?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
approvaldatetime?: (string | null)
approval_status?: (number | null)
_candelete?: (boolean | null)
other1?: (number | null)
other2?: (number | null)
calendar_id?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
exchangelastmodifieddate?: (string | null)
shift_type_id?: (number | null)
shift_team_id?: (number | null)
shift_team_name?: (string | null)
recurring_desc?: (string | null)
crmnote_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
}
export interface AppointmentsDeleteInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * True deletes the appointment in Halo alone and leaves it in the connected Exchange calendar.
 */
ignoreexchangedelete?: boolean
}
export interface AppointmentsListInput {
/**
 * Only what belongs to this ticket.
 */
ticket_id?: number
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * Only appointments of these agents: numbers separated by commas.
 */
agents?: (string | number)
/**
 * Only appointments, no tasks.
 */
appointmentsonly?: boolean
/**
 * Only records that concern these assets: numbers separated by commas.
 */
assets?: (string | number)
/**
 * Only appointments up to this time. Give it always, together with `start_date` (ISO 8601, UTC, no zone).
 */
end_date?: string
/**
 * Leaves out tasks that belong to no ticket.
 */
excludenonticketapptodo?: boolean
/**
 * Leaves out what recurs.
 */
excluderecurring?: boolean
/**
 * Leaves out the pattern that recurring appointments are made from.
 */
excluderecurringmaster?: boolean
/**
 * Adds the journey that is under way to an appointment.
 */
getopenjourney?: boolean
/**
 * Leaves out what is completed.
 */
hidecompleted?: boolean
/**
 * True lists deleted appointments too.
 */
includedeleted?: boolean
/**
 * Only single dates of a recurring appointment.
 */
isrecurringchild?: boolean
/**
 * Only the patterns that recurring appointments are made from.
 */
isrecurringmaster?: boolean
/**
 * Only appointments at these locations.
 */
locations?: string
/**
 * Only what waits for the approval of the API's agent.
 */
my_approvals?: boolean
/**
 * Only dates of a recurring appointment that were changed.
 */
recurringchangeonly?: boolean
/**
 * Only dates of this recurring appointment.
 */
recurringmasterid?: string
/**
 * Only shifts.
 */
shiftsonly?: boolean
/**
 * True lists everybody's appointments, not only those of the API's agent.
 */
showall?: boolean
/**
 * False leaves appointments out.
 */
showappointments?: (boolean | string)
/**
 * Adds change requests to the calendar.
 */
showchanges?: boolean
/**
 * One row per holiday rather than one per day.
 */
showholidayonce?: boolean
/**
 * Adds holidays to the calendar.
 */
showholidays?: boolean
/**
 * Adds projects to the calendar.
 */
showprojects?: boolean
/**
 * Adds shifts to the calendar.
 */
showshifts?: boolean
/**
 * Only appointments from this time on. Give it always: without both dates Halo answers every appointment it has (36 MB on one tenant) (ISO 8601, UTC, no zone).
 */
start_date?: string
/**
 * Only appointments with these statuses: numbers separated by commas.
 */
statuses?: (string | number)
/**
 * Only tasks, no appointments.
 */
tasksonly?: boolean
/**
 * Only records below this top level (group of clients).
 */
toplevel_id?: number
/**
 * Only appointments of these types: numbers separated by commas.
 */
types?: (string | number)
/**
 * Minutes between the caller's time and UTC. Leave it out: Halo's sign differs between versions, and without it all times are UTC.
 */
utcoffset?: number
/**
 * Ignored by Halo on appointments.
 */
page_no?: number
/**
 * Ignored by Halo on appointments.
 */
page_size?: number
/**
 * Ignored by Halo on appointments: bound the list by `start_date` and `end_date`.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface AssetsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The type whose fields to answer, where the asset is to change its type.
 */
assettype_id?: number
/**
 * Adds recent activity to the reply.
 */
includeactivity?: boolean
/**
 * Adds the statuses that the asset may have.
 */
includeallowedstatus?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * Adds what Halo's diagram of assets shows.
 */
includediagramdetails?: boolean
/**
 * Adds the assets above and below this one.
 */
includehierarchy?: boolean
}
export interface AssetsListInput {
/**
 * Only what belongs to this ticket.
 */
ticket_id?: number
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Only records of this site.
 */
site_id?: number
/**
 * Only records of this user (a contact at the client, not an agent).
 */
user_id?: number
/**
 * Text to look for in inventory numbers and key fields, such as a serial number. Fuzzy: compare the fields yourself.
 */
search?: string
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * Only records of this asset group.
 */
assetgroup_id?: number
/**
 * Only records of these asset groups: numbers separated by commas.
 */
assetgroups?: (string | number)
/**
 * Only these assets: numbers separated by commas.
 */
assets?: (string | number)
/**
 * Only assets with these statuses: numbers separated by commas.
 */
assetstatuses?: (string | number)
/**
 * Only assets of this type, as older versions of Halo name it; `assettype_id` is the newer name.
 */
assettype?: number
/**
 * Only assets of this type.
 */
assettype_id?: number
/**
 * Only records of these asset types: numbers separated by commas.
 */
assettypes?: (string | number)
/**
 * Only assets that the API's agent has bookmarked.
 */
bookmarked?: boolean
/**
 * A saved column set of Halo that decides which fields the rows carry.
 */
columns_id?: number
/**
 * Only assets that can be put on a consignment.
 */
consignable?: boolean
/**
 * Only assets of this consignment.
 */
consignment_id?: number
/**
 * Only records under this contract.
 */
contract_id?: number
/**
 * Assets that can still be added to this contract.
 */
contract_id_adding_to?: number
/**
 * Only records from the Domotz integration.
 */
domotzagents?: boolean
/**
 * Leaves these records out: numbers separated by commas.
 */
excludethese?: (string | number)
/**
 * The id of a search of Halo's global search box whose hits to list.
 */
globalSearchID?: string
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * False leaves active records out; useful with `includeinactive`.
 */
includeactive?: boolean
/**
 * Adds the statuses that the asset may have.
 */
includeallowedstatus?: boolean
/**
 * Adds the custom fields of each asset's type (`fields`) to the rows: serial numbers live there.
 */
includeassetfields?: boolean
/**
 * Adds the assets that hang on each asset.
 */
includechildren?: boolean
/**
 * Adds the definition of the list's columns to the reply.
 */
includecolumns?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * Adds the services of each asset.
 */
includeservices?: boolean
/**
 * Adds the user of each asset.
 */
includeuser?: boolean
/**
 * Only records of these tenants of an integration: numbers separated by commas.
 */
integration_tenantids?: (string | number)
/**
 * The name of an integration, where the list is wanted for mapping one.
 */
integration_type?: string
/**
 * Only the asset with this inventory number (asset tag).
 */
inventory_number?: string
/**
 * The list as a user sees it while an agent logs a ticket for him.
 */
islogonbehalfview?: boolean
/**
 * Only records of this item.
 */
item_id?: number
/**
 * Only assets of this stock entry.
 */
itemstock_id?: number
/**
 * Only assets linked to this knowledge base article.
 */
kb_id?: number
/**
 * Only records changed at or after this time (ISO 8601, UTC, no zone).
 */
lastupdatefromdate?: string
/**
 * Only records changed at or before this time (ISO 8601, UTC, no zone).
 */
lastupdatetodate?: string
/**
 * Only records that use this software licence.
 */
licence_id?: number
/**
 * Only assets that are linked to a ticket.
 */
linked_to_ticket?: boolean
/**
 * Only assets linked to this asset.
 */
linkedto_id?: number
/**
 * Only what belongs to the API's own agent.
 */
mine?: boolean
/**
 * Only records of the site of the caller.
 */
mysite?: boolean
/**
 * Leaves the icons out, which makes the reply smaller.
 */
noicon?: boolean
/**
 * Only assets that were chosen before on a ticket; the next three say for whom.
 */
previously_selected?: boolean
/**
 * With `previously_selected`: chosen for this client.
 */
previously_selected_client_id?: number
/**
 * With `previously_selected`: chosen for this site.
 */
previously_selected_site_id?: number
/**
 * With `previously_selected`: chosen for this user.
 */
previously_selected_user_id?: number
/**
 * Only records of this sales order.
 */
salesorder_id?: number
/**
 * Only assets of this line of the sales order.
 */
salesorder_line?: number
/**
 * True looks for `search` in inventory numbers alone.
 */
search_inventory_number_only?: boolean
/**
 * Only records that concern this service.
 */
service_id?: number
/**
 * Only assets of these services: numbers separated by commas.
 */
service_ids?: (string | number)
/**
 * Only assets in this stock bin.
 */
stockbin_id?: number
/**
 * Only assets in these stock bins: numbers separated by commas.
 */
stockbin_ids?: (string | number)
/**
 * Only assets under this contract with a supplier.
 */
supplier_contract_id?: number
/**
 * Only records of this supplier.
 */
supplier_id?: number
/**
 * Only assets under these contracts with suppliers.
 */
suppliercontracts?: string
/**
 * Only what is allowed for this ticket type.
 */
tickettype_id?: number
/**
 * Only records of the user with this login name.
 */
username?: string
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface AttachmentsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The child ticket through which the file is reached.
 */
childticketid?: number
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * A token that gives access to one attachment without rights on its ticket.
 */
token?: string
}
export interface AttachmentsListInput {
/**
 * The ticket whose files to list.
 */
ticket_id?: number
/**
 * Only files of this action; needs `ticket_id`, because action numbers count per ticket.
 */
action_id?: number
/**
 * Only records from the Domotz integration.
 */
domotzagents?: boolean
/**
 * Only files with this extension.
 */
filetype?: string
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * Only spreadsheets that were uploaded for an import.
 */
isxlsimport?: boolean
/**
 * Only this attachment.
 */
one_attachment_id?: number
/**
 * Whether the list is for the self-service portal, as Halo's own screens send it.
 */
portal?: number
/**
 * A token that gives access to one attachment without rights on its ticket.
 */
token?: string
/**
 * With `unique_id`: what kind of record the files hang on, as Halo numbers kinds.
 */
type?: number
/**
 * With `type`: the number of the record that the files hang on, where it is not a ticket.
 */
unique_id?: number
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
/**
 * A file that came down from Halo.
 */
export interface Download {
/**
 * The name Halo gave the file.
 */
filename: string
/**
 * The media type Halo answered with, such as `image/png`.
 */
content_type: string
/**
 * Bytes of the file itself, before base64.
 */
size: number
/**
 * The bytes in base64: at most about 1.4 MB before base64 (a call carries 2 MB).
 */
data_base64: string
}
export interface ClientFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The client's name.
 */
name?: (string | null)
/**
 * The top level (group of clients) above.
 */
toplevel_id?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * The address of the client's website.
 */
website?: (string | null)
/**
 * The record's id in the connected accounting package.
 */
accountsid?: (string | null)
/**
 * Where invoices are e-mailed.
 */
accountsemailaddress?: (string | null)
/**
 * The client's main site.
 */
main_site_id?: (number | null)
/**
 * The agent who looks after the client first.
 */
pritech?: (number | null)
/**
 * The agent who stands in.
 */
sectech?: (number | null)
/**
 * The agent who is account manager.
 */
accountmanagertech?: (number | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * The kind of customer, by number.
 */
customertype_new?: (string | null)
/**
 * The relationships with the MSP (customer, prospect, supplier, …).
 */
customer_relationship?: (KeyPair[] | null)
/**
 * Whether it concerns a very important person or client.
 */
is_vip?: (boolean | null)
/**
 * The client's e-mail domain.
 */
domain?: (string | null)
/**
 * For a new client: the name of its main site.
 */
newclient_sitename?: (string | null)
/**
 * For a new client: the telephone number of its main site.
 */
newclient_phonenumber?: (string | null)
/**
 * For a new client: its e-mail domain.
 */
newclient_domain?: (string | null)
/**
 * For a new client: the time zone of its main site.
 */
newclient_timezone?: (string | null)
/**
 * For a new client: the name of its first contact.
 */
newclient_contactname?: (string | null)
/**
 * For a new client: the e-mail address of its first contact.
 */
newclient_contactemail?: (string | null)
/**
 * For a new client: the address of its main site.
 */
newclient_delivery_address?: (Address | null)
/**
 * For a new client: the country of its main site.
 */
newclient_countrycode?: (string | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The name of the MSP as this client sees it.
 */
override_org_name?: (string | null)
/**
 * The currency of its invoices.
 */
default_currency_code?: (number | null)
/**
 * Whether tax is charged.
 */
taxable?: (boolean | null)
/**
 * Whether the client is on stop: no more work.
 */
stopped?: (number | null)
/**
 * The client's reference at the MSP.
 */
ref?: (string | null)
/**
 * The contract that work is billed under unless said otherwise.
 */
default_contract?: (number | null)
/**
 * Another client that pays the invoices.
 */
client_to_invoice?: (number | null)
/**
 * How long the client may take to pay, as Halo numbers terms.
 */
paymentterms?: (number | null)
/**
 * The name it trades under.
 */
trading_name?: (string | null)
/**
 * A second identifier that Halo makes itself.
 */
key?: number
/**
 * The name of the top level. Answered by Halo.
 */
toplevel_name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * Whether actions are e-mailed by default.
 */
actionemail?: (number | null)
/**
 * The date of the next call (ISO 8601, UTC, no zone).
 */
calldate?: (string | null)
/**
 * Whether the closing of tickets is e-mailed.
 */
clearemail?: (number | null)
/**
 * Another client that pays the recurring invoices.
 */
client_to_invoice_recurring?: (number | null)
/**
 * Whether new tickets are confirmed by e-mail.
 */
confirmemail?: (number | null)
/**
 * The tax code for contracts.
 */
contract_tax_code?: (number | null)
/**
 * The relationships as one text.
 */
customer_relationship_list?: (string | null)
/**
 * The kind of customer.
 */
customertype?: (number | null)
/**
 * Its company in Microsoft Dynamics Business Central.
 */
dbc_company_id?: (string | null)
/**
 * The mailbox that mails to this client leave from.
 */
default_mailbox_id?: (number | null)
/**
 * True keeps its invoices out of the accounting package.
 */
excludefrominvoicesync?: (boolean | null)
/**
 * Days to pay beyond the usual ones.
 */
invoiceduedaysextraclient?: (number | null)
/**
 * Whether it is an account and not only a prospect.
 */
is_account?: (boolean | null)
/**
 * The tax code for items.
 */
item_tax_code?: (number | null)
/**
 * Its id in IT Glue.
 */
itglue_id?: (string | null)
/**
 * Whether the Jira connection was checked. Answered by Halo.
 */
jira_validated?: (boolean | null)
/**
 * The mailbox that mails leave from, instead of the usual one.
 */
mailbox_override?: (number | null)
/**
 * The group of e-mail templates.
 */
messagegroup_id?: (number | null)
/**
 * The template that its invoices are printed with.
 */
overridepdftemplateinvoice?: (number | null)
/**
 * The template that its quotes are printed with.
 */
overridepdftemplatequote?: (number | null)
/**
 * How many of its tickets get a survey, in percent.
 */
percentage_to_survey?: (number | null)
/**
 * The tax code for prepayments.
 */
prepay_tax_code?: (number | null)
/**
 * Its company in QuickBooks Online.
 */
qbo_company_id?: (string | null)
/**
 * The resource group of its Microsoft Sentinel.
 */
sentinel_resource_group_name?: (string | null)
/**
 * The Azure subscription of its Microsoft Sentinel.
 */
sentinel_subscription_id?: (string | null)
/**
 * The workspace of its Microsoft Sentinel.
 */
sentinel_workspace_name?: (string | null)
/**
 * The tax code for services.
 */
service_tax_code?: (number | null)
/**
 * Whether the ServiceNow connection was checked. Answered by Halo.
 */
servicenow_validated?: (boolean | null)
/**
 * The number of the database table that the record lives in. Answered by Halo.
 */
table?: number
/**
 * Whether tickets are billed site by site.
 */
ticket_invoices_for_each_site?: (boolean | null)
/**
 * Its tenant in Xero.
 */
xero_tenant_id?: (string | null)
from_address_override?: (string | null)
override_org_logo?: (boolean | null)
override_org_address?: (Address | null)
override_org_phone?: (string | null)
override_org_email?: (string | null)
override_org_website?: (string | null)
override_org_portalurl?: (string | null)
custombuttons?: (CustomButton[] | null)
attachments?: (AttachmentFields[] | null)
site_fields?: (FieldHelper[] | null)
thirdpartynhdapiurl?: (string | null)
xeroid?: (string | null)
open_ticket_count?: (number | null)
opps_ticket_count?: (number | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
createdfrom_id?: (number | null)
announce?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
announcedate?: (string | null)
pritech_name?: (string | null)
sectech_name?: (string | null)
prinotify?: (boolean | null)
secnotify?: (boolean | null)
priassign?: (boolean | null)
secassign?: (boolean | null)
accountmanagertech_name?: (string | null)
chargeperiod?: (number | null)
chargehours?: (number | null)
chargecarryover?: (number | null)
invoiceyes?: (boolean | null)
fluserdef1?: (string | null)
fluserdef2?: (string | null)
fluserdef3?: (string | null)
fluserdef4?: (string | null)
fluserdef5?: (string | null)
floverride?: (boolean | null)
fluserdef1hide?: (boolean | null)
fluserdef2hide?: (boolean | null)
fluserdef3hide?: (boolean | null)
fluserdef4hide?: (boolean | null)
fluserdef5hide?: (boolean | null)
fluserdef1mand?: (boolean | null)
fluserdef2mand?: (boolean | null)
fluserdef3mand?: (boolean | null)
fluserdef4mand?: (boolean | null)
fluserdef5mand?: (boolean | null)
includeactions?: (boolean | null)
needsinvoice?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
startbalance?: (number | null)
hourlyrate?: (number | null)
periodcharge?: (number | null)
dontinvoice?: (boolean | null)
invoicetemplate?: (string | null)
invoicecomment?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastinvoiceenddate?: (string | null)
showslaonweb?: (boolean | null)
item_tax_code_name?: (string | null)
service_tax_code_name?: (string | null)
contract_tax_code_name?: (string | null)
prepay_tax_code_name?: (string | null)
imageindex?: (number | null)
chargehours2?: (number | null)
hourlyrate2?: (number | null)
cat2?: (string | null)
cat3?: (string | null)
cat4?: (string | null)
cat5?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddate?: (string | null)
ucemail?: (number | null)
fcemail?: (number | null)
actguid?: (string | null)
smsbalance?: (number | null)
html?: (string | null)
hv?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
hvdate?: (string | null)
emailinvoice?: (boolean | null)
dont_auto_send_invoices?: (boolean | null)
seriousnesslevel?: (number | null)
defcat1?: (string | null)
defcat2?: (string | null)
defcat3?: (string | null)
defcat4?: (string | null)
thresholdbreached?: (number | null)
monthlyreportinclude?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
monthlyreportlastrun?: (string | null)
monthlyreportemaildirect?: (boolean | null)
monthlyreportemailmanager?: (boolean | null)
monthlyreportshowonweb?: (boolean | null)
areatype?: (number | null)
unmatchedcombinations?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
prepayrecurringchargenextdate?: (string | null)
billforrecurringprepayamount?: (boolean | null)
prepayrecurringcharge?: (number | null)
prepayrecurringhours?: (number | null)
prepayrecurringchargebp?: (number | null)
disclaimermatchstring?: (string | null)
showallnonbillable?: (boolean | null)
billinggroup?: (number | null)
autotopupthreshhold?: (number | null)
autotopuptoamount?: (number | null)
autotopupcostperhour?: (number | null)
autotopupbyamount?: (number | null)
surchargeid?: (number | null)
billingtemplate_id?: (number | null)
billingtemplate_name?: (string | null)
overidegreeting?: (string | null)
clientpackage?: (number | null)
scopeofbusiness?: (number | null)
preferredagent?: (number | null)
callhandlingnotes?: (string | null)
automatic_callscript_id?: (number | null)
automatic_callscript_name?: (string | null)
teamviewerpassword?: (string | null)
discountperc?: (number | null)
showfaqfortoplevel?: (boolean | null)
accountsccemailaddress?: (string | null)
isopportunity?: (number | null)
snowname?: (string | null)
main_site_name?: (string | null)
linked_organisation_id?: (number | null)
all_organisations_allowed?: (boolean | null)
allowed_organisations?: (OrganisationFields[] | null)
override_signature?: (string | null)
contractaccountsdesc?: (string | null)
prepayaccountsdesc?: (string | null)
site_update?: (SiteFields[] | null)
newclient_contacttitle?: (string | null)
newclient_web_access_level?: (number | null)
newclient_sendwelcomeemail?: (boolean | null)
newclient_regioncode?: (number | null)
faqlists?: (FAQListHead[] | null)
popup_notes?: (AreaPopup[] | null)
_reassign_all_to_user?: (number | null)
allowall_tickettypes?: (boolean | null)
allowed_tickettypes?: (TicketTypeRowFields[] | null)
allowall_category1?: (boolean | null)
allowed_category1?: (CategoryRestriction[] | null)
allowall_category2?: (boolean | null)
allowed_category2?: (CategoryRestriction[] | null)
allowall_category3?: (boolean | null)
allowed_category3?: (CategoryRestriction[] | null)
allowall_category4?: (boolean | null)
alocked?: (boolean | null)
allowed_category4?: (CategoryRestriction[] | null)
onhold_ticket_count?: (number | null)
total_ticket_count?: (number | null)
opened_thismonth_count?: (number | null)
billingplans?: (BillingPlan[] | null)
overriding_rates?: (ChargeRate[] | null)
allowallchargerates?: (boolean | null)
chargerates?: (ChargeRateArea[] | null)
newclient_siteguid?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
allow_api_access?: (boolean | null)
api_access_clientid?: (string | null)
api_access_clientsecret?: (string | null)
thirdpartynhdauthurl?: (string | null)
thirdpartynhdtenant?: (string | null)
thirdpartynhdapiclientid?: (string | null)
new_thirdpartynhdapiclientsecret?: (string | null)
areaitems?: (AreaItem[] | null)
portal_logo?: (string | null)
override_portalcolour?: (boolean | null)
portalcolour?: (string | null)
portalbackgroundimageurl?: (string | null)
ninjarmmid?: (number | null)
sales_tax_type?: (string | null)
purchase_tax_type?: (string | null)
isarchived_xero?: (boolean | null)
accountsfirstname?: (string | null)
accountslastname?: (string | null)
sales_tax_code?: (number | null)
purchase_tax_code?: (number | null)
purchase_tax_code_name?: (string | null)
prepayhistory?: (PrepayHistory[] | null)
periods?: (PrepayPeriod[] | null)
prepayrecurringminimumdeduction?: (number | null)
prepayrecurringminimumdeductiononlyactive?: (boolean | null)
prepayrecurringautomaticdeduction?: (number | null)
prepaytotal?: (number | null)
prepayused?: (number | null)
prepaybalance?: (number | null)
preferreddeliverymethod?: (number | null)
qbodefaulttax?: (number | null)
device42id?: (number | null)
xerodetails_id?: (number | null)
xero_tenant_name?: (string | null)
servicenowid?: (string | null)
isnhserveremaildefault?: boolean
datto_id?: (string | null)
datto_alternate_id?: (number | null)
datto_url?: (string | null)
dattocommerce_tenantid?: (number | null)
qbodefaulttaxcode?: (number | null)
qbodefaulttaxcodename?: (string | null)
qbo_default_tax_code?: (KeyPair2 | null)
connectwiseid?: (number | null)
autotaskid?: (number | null)
import_address?: (Address | null)
import_notes?: (AreaNote[] | null)
ateraid?: (number | null)
kashflowid?: (number | null)
kashflow_tenant_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
alastupdate?: (string | null)
service_access?: (ServiceRestriction[] | null)
service_subscriptions?: (ServiceUser[] | null)
snelstart_id?: (string | null)
default_currency_code_name?: (string | null)
_apply_billingtemplate?: (boolean | null)
datto_commerce_id?: (number | null)
datto_commerce_url?: (string | null)
import_azure_tenant?: (CSPCustomer | null)
import_details_id?: (number | null)
syncroid?: (number | null)
kbentries?: (KnowledgeBaseArticleRowFields[] | null)
auvik_id?: (string | null)
hubspot_id?: (string | null)
hubspot_url?: (string | null)
hubspot_dont_sync?: (boolean | null)
hubspot_archived?: (boolean | null)
passportal_id?: (number | null)
update_licences?: (boolean | null)
prepayasamount?: (boolean | null)
synced_to_intacct?: (boolean | null)
qbo_company_name?: (string | null)
oppid?: (number | null)
tax_number?: (string | null)
isclientdetails?: (boolean | null)
hubspot_lifecycle?: (string | null)
hudu_url?: (string | null)
prepayrecurringexpirymonths?: (number | null)
accountsbccemailaddress?: (string | null)
defaultcontractoverride?: (number | null)
defaultcontractoverride_ref?: (string | null)
sqlimport_id?: (number | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
_warning?: (string | null)
donotimport?: (boolean | null)
liongardid?: (number | null)
liongard_url?: (string | null)
sync_to_liongard?: (boolean | null)
regmanagertech_name?: (string | null)
logmanagertech_name?: (string | null)
salesreptech_name?: (string | null)
default_team_to_salesrep_override?: (boolean | null)
default_team_to_salesrep_override_team?: (string | null)
cxmleadtech_name?: (string | null)
portalchatprofile?: (string | null)
portalchatprofile_name?: (string | null)
kaseyaid?: (string | null)
dbc_company_name?: (string | null)
salesforce_dontsync?: (boolean | null)
stripe_customer_id?: (string | null)
stripe_payment_method_id?: (string | null)
stripe_payment_method_name?: (string | null)
stripe_paymentmethod?: (StripePaymentMethod | null)
current_licences?: (string | null)
servicenow_url?: (string | null)
servicenow_locale?: (string | null)
servicenow_username?: (string | null)
new_servicenowkey?: (string | null)
servicenow_priority_mappings?: (IntegrationFieldMapping[] | null)
servicenow_status_mappings?: (IntegrationFieldMapping[] | null)
servicenow_impact_mappings?: (IntegrationFieldMapping[] | null)
servicenow_urgency_mappings?: (IntegrationFieldMapping[] | null)
servicenow_category_mappings?: (IntegrationFieldMapping[] | null)
servicenow_assignment_group?: (string | null)
servicenow_assignment_group_name?: (string | null)
servicenow_assignmentgroup?: (KeyPair2 | null)
servicenow_defaultuser_id?: (string | null)
servicenow_defaultuser_name?: (string | null)
servicenow_defaultuser?: (KeyPair2 | null)
test_servicenow?: (boolean | null)
sage_business_cloud_details_id?: (number | null)
sage_business_cloud_details_name?: (string | null)
exact_division?: (number | null)
exact_division_name?: (string | null)
ncentral_details_id?: (number | null)
currencyisocode?: (string | null)
intacct_location_id?: (string | null)
intacct_location_id_list?: (KeyPair2[] | null)
intacct_location_type?: (string | null)
new_categories?: (string[] | null)
jira_url?: (string | null)
jira_username?: (string | null)
new_jirakey?: (string | null)
test_jira?: (boolean | null)
jira_servicedesk_id?: (string | null)
jira_servicedesk_name?: (string | null)
jira_servicedesk?: (KeyPair2 | null)
jira_requesttype_mappings?: (IntegrationFieldMapping[] | null)
jira_user_id?: (string | null)
jira_user_name?: (string | null)
jira_user?: (KeyPair2 | null)
jira_priority_mappings?: (IntegrationFieldMapping[] | null)
jira_status_mappings?: (IntegrationFieldMapping[] | null)
create_jira_webhook?: (boolean | null)
jira_webhook_created?: (boolean | null)
defaultpdftemplateinvoicetickets?: (number | null)
defaultpdftemplateinvoiceorders?: (number | null)
defaultpdftemplateinvoicerecurring?: (number | null)
defaultpdftemplateinvoicetickets_name?: (string | null)
defaultpdftemplateinvoiceorders_name?: (string | null)
defaultpdftemplateinvoicerecurring_name?: (string | null)
intacct_invoice_save_location?: (string | null)
ingram_micro_details_id?: (number | null)
_dont_fire_automations?: (boolean | null)
main_delivery_address?: (Address | null)
main_invoice_address?: (Address | null)
main_contact_name?: (string | null)
main_phonenumber?: (string | null)
auvik_site_inactive?: (boolean | null)
invoice_class?: (string | null)
new_icon?: (string | null)
fortnox_tenant?: (number | null)
fortnox_tenant_name?: (string | null)
servicenow_enable_webhook?: (boolean | null)
new_servicenow_webhooksecret?: (string | null)
servicenow_webhook_user?: (number | null)
servicenow_webhook_user_name?: (string | null)
servicenow_webhook_tickettype?: (number | null)
servicenow_webhook_tickettype_name?: (string | null)
myob_tenant?: (number | null)
myob_tenant_name?: (string | null)
sync_servicenow_attachments?: (number | null)
twilio_subaccount_name?: (string | null)
twilio_subaccount_created?: (boolean | null)
twilio_subaccount_sid?: (string | null)
twilio_subaccount_status?: (string | null)
twilio_subaccount_authtoken?: (string | null)
_create_twilio_subaccount?: (boolean | null)
_close_twilio_subaccount?: (boolean | null)
_pauseunpause_twilio_subaccount?: (boolean | null)
_create_twilio_recurringinvoice?: (boolean | null)
twilio_recurring_invoice_id?: (number | null)
override_layout_id?: (number | null)
override_layout_name?: (string | null)
extratabs?: (Tabname[] | null)
servicenow_team_mappings?: (IntegrationFieldMapping[] | null)
servicenow_ticket_sync?: (string | null)
servicenow_ticket_sync_list?: (KeyPair2[] | null)
servicenow_fieldmappings?: (IntegrationFieldMapping[] | null)
matching_value?: (string | null)
jira_webhook_user?: (number | null)
jira_webhook_username?: (string | null)
avalara_code?: (string | null)
avalara_tenant_name?: (string | null)
avalara_id?: (string | null)
_merge_client_into?: (number | null)
logo?: (string | null)
regmanagertech?: (number | null)
logmanagertech?: (number | null)
salesreptech?: (number | null)
accountownertech?: (number | null)
cxmleadtech?: (number | null)
gficlientid?: (string | null)
overridepdftemplateinvoice_name?: (string | null)
kashflow_tenant_id?: (number | null)
client_to_invoice_name?: (string | null)
clientcurrency?: (string | null)
sentinel_tenant_id?: (number | null)
sentinel_tenant_name?: (string | null)
client_to_invoice_recurring_name?: (string | null)
azure_tenants?: (AreaAzureTenant[] | null)
snow_id?: (number | null)
snowLicences?: (SnowLicenseAbstract[] | null)
automatic_sales_tax?: (boolean | null)
cautomateid?: (number | null)
sentinel_default_user_override?: (number | null)
sentinel_default_user_override_name?: (string | null)
intacct_save_location?: (string | null)
accountownertech_name?: (string | null)
quickbooks_details?: (QuickBooksDetails | null)
billing_plan_text?: (string | null)
overridepdftemplatequote_name?: (string | null)
avalara_tenant?: (number | null)
due_date_type?: (number | null)
toplevel_quote_currency?: (number | null)
accountmanagertech_email?: (string | null)
xero_tracking_category_1_name?: (string | null)
xero_tracking_category_2_name?: (string | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
main_contact_email?: (string | null)
main_contact_phonenumber?: (string | null)
main_contact_id?: (number | null)
invoice_mailbox_override?: (number | null)
quote_mailbox_override?: (number | null)
invoice_tickets_seperately_override?: (boolean | null)
servicenow_authtype?: (number | null)
portal_title_override?: (boolean | null)
portal_title?: (string | null)
reply_address_override?: (string | null)
azure_tenant_id?: (string | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
}
export interface OrganisationFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The name people see.
 */
name?: (string | null)
/**
 * The postal address.
 */
address?: (Address | null)
/**
 * The telephone number.
 */
phone?: (string | null)
/**
 * The fax number.
 */
fax?: (string | null)
/**
 * The address that e-mails go to.
 */
email?: (string | null)
/**
 * The address of the website.
 */
website?: (string | null)
/**
 * The address that answers to e-mails come to.
 */
reply_address?: (string | null)
/**
 * The address of its portal.
 */
portalurl?: (string | null)
/**
 * The title of its portal.
 */
portal_title?: (string | null)
/**
 * The departments of the MSP.
 */
departments?: (TopLevelRowFields[] | null)
/**
 * Whether it may use every ticket type.
 */
allowall_tickettypes?: (boolean | null)
/**
 * The ticket types it may use, where not all.
 */
allowed_tickettypes?: (TicketTypeRowFields[] | null)
/**
 * The FAQ lists it is in: `[{ id }]`.
 */
faqlists?: (FAQListHead[] | null)
/**
 * The number it is registered for tax under.
 */
tax_number?: (string | null)
/**
 * The client that stands for it.
 */
linked_client_id?: (number | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
guid?: (string | null)
intent?: (string | null)
messagegroup_id?: (number | null)
logo?: (string | null)
portal_logo?: (string | null)
portalbackgroundimageurl?: (string | null)
deliverysite?: (number | null)
portalcolour?: (string | null)
portalfolderlocation?: (string | null)
_warning?: (string | null)
isorganisationdetails?: (boolean | null)
bank_details_line_1?: (string | null)
bank_details_line_2?: (string | null)
bank_details_line_3?: (string | null)
bank_details_line_4?: (string | null)
bank_details_line_5?: (string | null)
new_icon?: (string | null)
user_faqlists?: (FAQListHead[] | null)
all_user_faqlists_allowed?: (boolean | null)
portal_chat_profile_override?: (string | null)
portal_chat_profile_override_name?: (string | null)
}
export interface TopLevelRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The name people see.
 */
name?: (string | null)
/**
 * The organisation of the MSP.
 */
organisation_id?: (number | null)
type?: (number | null)
teams?: (TeamRowFields[] | null)
agent_members?: (AgentRowFields[] | null)
managers?: (Manager[] | null)
long_name?: (string | null)
guid?: (string | null)
intent?: (string | null)
accounts_override_mailbox?: (number | null)
organisation_guid?: (string | null)
organisation_name?: (string | null)
org_department_name?: (string | null)
user_count?: (number | null)
concurrent_lic_limit?: (number | null)
open_ticket_count?: (number | null)
onhold_ticket_count?: (number | null)
total_ticket_count?: (number | null)
opened_thismonth_count?: (number | null)
}
export interface TeamRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The team's name. Tickets name their team so.
 */
name?: (string | null)
/**
 * The place in lists that are sorted by hand: low comes first.
 */
sequence?: (number | null)
/**
 * The department of the MSP.
 */
department_id?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Whether it works on ordinary tickets.
 */
forrequests?: (boolean | null)
/**
 * Whether it works on opportunities.
 */
foropps?: (boolean | null)
/**
 * Whether it works on projects.
 */
forprojects?: (boolean | null)
/**
 * Its members: `[{ id }]`.
 */
agents?: (AgentRowFields[] | null)
/**
 * Who manages it.
 */
managers?: (Manager[] | null)
guid?: (string | null)
intent?: (string | null)
ticket_count?: number
department_name?: (string | null)
org_team_name?: (string | null)
override_column_id?: (number | null)
teamphotopath?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
hide_agents_in_tree_if_no_tickets?: (boolean | null)
use?: (string | null)
department_guid?: (string | null)
timesheet_approver?: (number | null)
timesheet_approver_name?: (string | null)
concurrent_lic_limit?: (number | null)
homescreendashboardid?: (number | null)
homescreendashboardname?: (string | null)
}
export interface Manager {
id?: number
name?: (string | null)
agent_id?: (number | null)
user_id?: (number | null)
}
export interface TicketTypeRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The name people see.
 */
name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * The place in lists that are sorted by hand: low comes first.
 */
sequence?: (number | null)
/**
 * The group of ticket types.
 */
group_id?: (number | null)
itilrequesttype?: (number | null)
cancreate?: (boolean | null)
agentscanselect?: (boolean | null)
enduserscanselect?: (boolean | null)
anonymouscanselect?: (boolean | null)
default_sla?: (number | null)
default_team?: (string | null)
default_agent?: (number | null)
default_priority?: (number | null)
allowattachments?: (boolean | null)
visible?: (boolean | null)
guid?: (string | null)
intent?: (string | null)
default_sla_guid?: (string | null)
group_name?: (string | null)
jira_issue_type?: (string | null)
ticket_count?: (number | null)
copyattachmentstochild?: (boolean | null)
copyattachmentstorelated?: (boolean | null)
is_sprint?: (boolean | null)
fieldidlist?: (number[] | null)
hasmandatorytechfields?: (boolean | null)
hasmandatoryuserfields?: (boolean | null)
kanbanstatuschoice?: (KeyPair[] | null)
kanbanstatuschoice_list?: (string | null)
email_start_tag?: (string | null)
email_end_tag?: (string | null)
default_agent_name?: (string | null)
workflow_name?: (string | null)
overridewiththefollowingtemplatewhenloggingmanuallyname?: (string | null)
project_type?: (number | null)
}
export interface SiteFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The site's name.
 */
name?: (string | null)
/**
 * The client it belongs to.
 */
client_id?: (number | null)
/**
 * The telephone number.
 */
phonenumber?: (string | null)
/**
 * A time zone by its Windows name, such as `GMT Standard Time`.
 */
timezone?: (string | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * The SLA for its tickets.
 */
sla_id?: (number | null)
/**
 * Free text, for agents.
 */
notes?: (string | null)
/**
 * The country's code.
 */
country_code?: (string | null)
/**
 * The region's code.
 */
region_code?: (number | null)
/**
 * Where things are delivered, as an object.
 */
delivery_address?: (Address | null)
/**
 * Where invoices go.
 */
invoice_address?: (Address | null)
/**
 * The street.
 */
delivery_address_line1?: (string | null)
/**
 * The second line of the address.
 */
delivery_address_line2?: (string | null)
/**
 * The town.
 */
delivery_address_line3?: (string | null)
/**
 * The county or state.
 */
delivery_address_line4?: (string | null)
/**
 * The post code.
 */
delivery_address_line5?: (string | null)
/**
 * The user who is its main contact.
 */
maincontact_id?: (number | null)
/**
 * The name of the main contact. Answered by Halo.
 */
maincontact_name?: (string | null)
/**
 * The e-mail domain by which incoming mail is matched.
 */
emaildomain?: (string | null)
/**
 * Whether it holds stock.
 */
isstocklocation?: (boolean | null)
/**
 * Whether invoices go here.
 */
isinvoicesite?: (boolean | null)
/**
 * A number of one's own.
 */
refnumber?: (number | null)
/**
 * A reference of one's own.
 */
ref?: (string | null)
/**
 * The record's id in the connected accounting package.
 */
accountsid?: (string | null)
/**
 * The FAQ lists it is in: `[{ id }]`.
 */
faqlists?: (FAQListHead[] | null)
/**
 * Further fields: `[{ id, value }]`.
 */
fields?: (FieldHelper[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * For a new site: the name of its first contact.
 */
newsite_contactname?: (string | null)
/**
 * For a new site: the e-mail address of its first contact.
 */
newsite_contactemail?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * What Halo shows as the record's title. Answered by Halo.
 */
text?: (number | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
accountsfirstname?: (string | null)
accountslastname?: (string | null)
accountsemailaddress?: (string | null)
accountsccemailaddress?: (string | null)
accountsbccemailaddress?: (string | null)
clientsite_name?: (string | null)
invoice_address_isdelivery?: (boolean | null)
messagegroup_id?: (number | null)
item_quantity_in_stock?: (number | null)
item_serialised_assets_in_stock?: (number | null)
item_quantity_reserved?: (number | null)
item_quantity_reserved_on_order?: (number | null)
item_quantity_available?: (number | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
globx?: (number | null)
globy?: (number | null)
style?: (number | null)
inuseby?: (number | null)
upwho?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
uptimestamp?: (string | null)
xrefsite?: (number | null)
zoffsetx?: (number | null)
zoffsety?: (number | null)
zoomx?: (number | null)
zoomy?: (number | null)
smallx?: (number | null)
smally?: (number | null)
bigx?: (number | null)
bigy?: (number | null)
ldapstring?: (string | null)
deliverby?: (number | null)
defaultdelivery?: (boolean | null)
seriousnesslevel?: (number | null)
geocoord1?: (number | null)
geocoord2?: (number | null)
todomain?: (string | null)
defaultstocklocation?: (number | null)
stopped?: (number | null)
sitetimeoffset?: (number | null)
sitedateformat?: (number | null)
disclaimermatchstring?: (string | null)
emailsubjectprefix?: (string | null)
regionaldirector?: (number | null)
facilitiesmanager?: (number | null)
actguid?: (string | null)
teamviewerpassword?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
contractlastchecked?: (string | null)
wildcardref?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
monthlyreportlastrun?: (string | null)
monthlyreportinclude?: (boolean | null)
monthlyreportemailmanager?: (boolean | null)
accountmanagertech?: (boolean | null)
monthlyreportemaildirect?: (boolean | null)
language_id?: (number | null)
language_name?: (string | null)
snowname?: (string | null)
linked_organisation_id?: (number | null)
slocked?: (boolean | null)
newsite_contacttitle?: (string | null)
newsite_web_access_level?: (number | null)
newsite_sendwelcomeemail?: (boolean | null)
popup_notes?: (AreaPopup[] | null)
_reassign_all_to_user?: (number | null)
open_ticket_count?: (number | null)
onhold_ticket_count?: (number | null)
total_ticket_count?: (number | null)
opened_thismonth_count?: (number | null)
guid?: (string | null)
sitecontacts?: (SiteContact[] | null)
_isimport?: (boolean | null)
cautomateid?: (number | null)
ninjarmmid?: (number | null)
_importtype?: (string | null)
_isxero?: (boolean | null)
servicenowid?: (string | null)
isnhserveremaildefault?: boolean
device42id?: (number | null)
datto_id?: (string | null)
datto_alternate_id?: number
datto_url?: (string | null)
connectwiseid?: (number | null)
azuretenantid?: (string | null)
autotaskid?: (number | null)
pagerdutywildcard?: (string | null)
ateraid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
slastupdate?: (string | null)
site_service_tax_code?: (number | null)
site_prepay_tax_code?: (number | null)
site_contract_tax_code?: (number | null)
site_item_tax_code_name?: (string | null)
site_service_tax_code_name?: (string | null)
site_contract_tax_code_name?: (string | null)
site_prepay_tax_code_name?: (string | null)
site_sales_tax_code?: (number | null)
site_purchase_tax_code?: (number | null)
site_purchase_tax_code_name?: (string | null)
syncroid?: (number | null)
third_party_client_name?: (string | null)
auvik_id?: (string | null)
all_faqlists_allowed?: (boolean | null)
hubspot_id?: (string | null)
passportal_id?: (number | null)
import_site_mapping?: (number | null)
_warning?: (string | null)
issitedetails?: (boolean | null)
hudu_url?: (string | null)
liongardid?: (number | null)
kaseyaid?: (string | null)
surchargeid?: (number | null)
stockbins?: (StockBin[] | null)
ncentral_details_id?: (number | null)
new_external_link?: (ExternalLinkRow | null)
import_details_id?: (number | null)
hasitemsinstock?: (boolean | null)
_dont_fire_automations?: (boolean | null)
sqlimport_id?: (number | null)
matching_value?: (string | null)
lapsafe_default_installation_name?: (string | null)
lapsafe_default_installation_obj?: (KeyPair2 | null)
external_links?: (ExternalLinkRow[] | null)
site_fields?: (FieldHelper[] | null)
gfisiteid?: (number | null)
itglue_id?: (string | null)
client_itglue_id?: (string | null)
custombuttons?: (CustomButton[] | null)
stockbin_id?: (number | null)
stockbin_name?: (string | null)
country_code_name?: (string | null)
region_code_name?: (string | null)
lapsafe_default_installation?: (string | null)
site_item_tax_code?: (number | null)
sitephonenumberint?: (number | null)
_match_first_site?: (boolean | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
extratabs?: (Tabname[] | null)
businesscentral_area_company_id?: (number | null)
businesscentral_billing_client?: (BusinessCentralCustomer | null)
_convert_phonenumbers?: (boolean | null)
sequence?: (number | null)
authrocket_locale?: (string | null)
}
export interface SiteContact {
id?: number
site?: (number | null)
uid?: (number | null)
user_name?: (string | null)
type?: (number | null)
type_name?: (string | null)
_warning?: (string | null)
user_email?: (string | null)
}
export interface StockBin {
id?: number
name?: (string | null)
site_id?: (number | null)
_warning?: (string | null)
dont_add_to_order?: (boolean | null)
}
export interface BusinessCentralCustomer {
id?: (string | null)
odataetag?: (string | null)
number?: (string | null)
displayName?: (string | null)
type?: (string | null)
addressLine1?: (string | null)
addressLine2?: (string | null)
city?: (string | null)
state?: (string | null)
country?: (string | null)
postalCode?: (string | null)
phoneNumber?: (string | null)
email?: (string | null)
website?: (string | null)
salespersonCode?: (string | null)
balanceDue?: (number | null)
creditLimit?: (number | null)
taxLiable?: (boolean | null)
taxAreaId?: (string | null)
taxAreaDisplayName?: (string | null)
taxRegistrationNumber?: (string | null)
currencyId?: (string | null)
currencyCode?: (string | null)
paymentTermsId?: (string | null)
shipmentMethodId?: (string | null)
paymentMethodId?: (string | null)
blocked?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastModifiedDateTime?: (string | null)
}
export interface BillingPlan {
client_id?: number
seq?: (number | null)
type?: (number | null)
itil_requesttype?: (number | null)
requesttype?: (number | null)
requesttype_name?: (string | null)
priority?: (number | null)
chargerate_id?: (number | null)
chargerate_name?: (string | null)
multiplier?: (number | null)
plan_id?: (number | null)
plan_contract_id?: (number | null)
plan_name?: (string | null)
category_1?: (string | null)
partialmatchcategory?: (boolean | null)
category_2?: (string | null)
partialmatchcategory2?: (boolean | null)
category_3?: (string | null)
partialmatchcategory3?: (boolean | null)
category_4?: (string | null)
partialmatchcategory4?: (boolean | null)
user_covered_billingdescription?: (number | null)
site?: (number | null)
site_name?: (string | null)
allowallcontracts?: (boolean | null)
asset_covered_by_contract?: (boolean | null)
user_covered_by_contract?: (boolean | null)
work_hours_covered?: (number | null)
_warning?: (string | null)
order?: (number | null)
billing_plan_desc?: (string | null)
contract_type?: (number | null)
contract_sub_type?: (number | null)
not_included_in_contract?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
contract_header_end_date?: (string | null)
chargerate_type?: (number | null)
}
export interface ChargeRate {
id?: number
area?: (number | null)
contract_id?: (number | null)
charge_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
expirydate?: (string | null)
rate?: (number | null)
org?: (number | null)
minimum?: (number | null)
increment?: (number | null)
oohmultiplier?: (number | null)
holidaymultiplier?: (number | null)
weekendmultiplier?: (number | null)
surcharge?: (boolean | null)
round?: (number | null)
useagentworkinghours?: (boolean | null)
use_budget_rate?: (boolean | null)
current?: (boolean | null)
current_rate?: (number | null)
use_for_travel?: (boolean | null)
use_for_mileage?: (boolean | null)
travel_surchargeid?: (number | null)
contractmultiplier?: (number | null)
rateoverride?: (number | null)
override_surcharge?: (boolean | null)
_warning?: (string | null)
}
export interface ChargeRateArea {
id?: number
area?: (number | null)
chargerate_id?: (number | null)
name?: (string | null)
_warning?: (string | null)
}
export interface PrepayHistory {
id?: number
client_id?: (number | null)
client_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
hours?: (number | null)
description?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
invoicedate?: (string | null)
invoice_id?: (string | null)
amount?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
expirydate?: (string | null)
expirychecked?: (boolean | null)
_warning?: (string | null)
invoice_number?: (string | null)
client_to_invoice_to_id?: (number | null)
}
export interface PrepayPeriod {
id?: number
contract_id?: number
name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date_display?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date_display?: (string | null)
current?: boolean
hours_added?: (number | null)
hours_expired?: (number | null)
hours_remaining?: (number | null)
hours_used_this_period?: (number | null)
amount_added?: (number | null)
amount_expired?: (number | null)
amount_remaining?: (number | null)
amount_used_this_period?: (number | null)
}
export interface CSPCustomer {
id?: (string | null)
companyProfile?: ({
[k: string]: unknown
} | null)
relationshipToPartner?: (string | null)
}
export interface StripePaymentMethod {
id?: (string | null)
name?: (string | null)
hint?: (string | null)
}
export interface ClientsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Adds the ticket types that the client may use.
 */
getavailablerts?: boolean
/**
 * Adds recent activity to the reply.
 */
includeactivity?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * Adds the periods of contracts, with what was used in each.
 */
includeperiods?: boolean
/**
 * Adds the prepayments.
 */
includeprepay?: boolean
/**
 * Only what is allowed for this ticket type.
 */
tickettype_id?: number
}
export interface ClientsListInput {
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Only clients whose account manager is the API's agent.
 */
accountmanageronly?: boolean
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * The list as Halo's Azure integration needs it.
 */
azureclients?: boolean
/**
 * Only clients that are on the call plan.
 */
callplan?: boolean
/**
 * A saved column set of Halo that decides which fields the rows carry.
 */
columns_id?: number
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Leaves out the MSP's own client.
 */
exclude_internal?: boolean
/**
 * The list as Halo's N-able (GFI) integration needs it.
 */
gficlients?: boolean
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * False leaves active records out; useful with `includeinactive`.
 */
includeactive?: boolean
/**
 * Adds the Azure tenants of each client.
 */
includeazuretenants?: boolean
/**
 * Adds the definition of the list's columns to the reply.
 */
includecolumns?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * Adds the name of the invoice template of each client.
 */
includeinvoicetemplatename?: boolean
/**
 * Adds the notes of each record to its row.
 */
includenotes?: boolean
/**
 * Adds what the QuickBooks integration keeps about each client.
 */
includeqbofields?: boolean
/**
 * Only records of these tenants of an integration: numbers separated by commas.
 */
integration_tenantids?: (string | number)
/**
 * The name of an integration, where the list is wanted for mapping one.
 */
integration_type?: string
/**
 * The list as Halo's Jira integration needs it.
 */
isjira?: boolean
/**
 * The list as Halo's Sentinel integration needs it.
 */
issentinel?: boolean
/**
 * The list as Halo's ServiceNow integration needs it.
 */
isservicenow?: boolean
/**
 * Only records changed at or after this time (ISO 8601, UTC, no zone).
 */
lastupdatefromdate?: string
/**
 * Only records changed at or before this time (ISO 8601, UTC, no zone).
 */
lastupdatetodate?: string
/**
 * Text to look for in names alone.
 */
search_name_only?: string
/**
 * Only clients of this Sentinel connection.
 */
sentinelid?: number
/**
 * Adds to each row how many tickets it has.
 */
showcounts?: boolean
/**
 * Site fields to add to the rows: names separated by commas.
 */
sitefields?: string
/**
 * Only clients of this Snow account.
 */
snowaccountid?: number
/**
 * The list as Halo's Snow integration needs it.
 */
snowclients?: boolean
/**
 * A ticket area of Halo (a section of its screens) to which the list is restricted.
 */
ticketarea_id?: number
/**
 * Only records below this top level (group of clients).
 */
toplevel_id?: number
/**
 * A saved view of Halo whose filters to apply. Halo has ignored it for API callers on some versions: check the rows.
 */
view_id?: number
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface ContractFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The contract's reference, which people know it by.
 */
ref?: (string | null)
/**
 * A second reference.
 */
refextra?: (string | null)
/**
 * The client the contract is with.
 */
client_id?: (number | null)
/**
 * The only site it covers, where it is not the whole client.
 */
site_id?: (number | null)
/**
 * The user's number: a contact at the client, not an agent.
 */
user_id?: (number | null)
/**
 * The first day of the contract (ISO 8601, UTC, no zone).
 */
start_date?: (string | null)
/**
 * The last day of the contract (ISO 8601, UTC, no zone).
 */
end_date?: (string | null)
/**
 * How often it is billed, as Halo numbers periods.
 */
billingperiod?: (number | null)
/**
 * The text on the invoice.
 */
billingdescription?: (number | null)
/**
 * The status, as Halo numbers it.
 */
status?: (number | null)
/**
 * The status by name.
 */
contract_status?: (string | null)
/**
 * The sub-type of contract, by number.
 */
subtype?: (number | null)
/**
 * The type of contract, by number.
 */
contracttype?: (number | null)
/**
 * The SLA's number.
 */
sla_id?: (number | null)
/**
 * Free text.
 */
note?: (string | null)
/**
 * What is charged per period.
 */
periodchargeamount?: (number | null)
/**
 * Whether it goes on until somebody ends it.
 */
rollingcontract?: (boolean | null)
/**
 * How many months it runs.
 */
termmonths?: (number | null)
/**
 * Units included per period.
 */
numberofunitsfree?: (number | null)
/**
 * Hours included per period.
 */
chargehoursperperiod?: (number | null)
/**
 * The assets it covers: `[{ id }]`.
 */
assets?: (AssetRowFields[] | null)
/**
 * The users it covers: `[{ id }]`.
 */
users?: (UserRowFields[] | null)
/**
 * The sites it covers: `[{ id }]`.
 */
sites?: (SiteRowFields[] | null)
/**
 * The periods it is divided into, with what was used in each.
 */
periods?: (ContractPeriod[] | null)
/**
 * What is billed under it.
 */
billingplans?: (BillingPlan[] | null)
/**
 * Charge rates that differ from the usual ones.
 */
overriding_rates?: (ChargeRate[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * Whether it is in force.
 */
active?: (boolean | null)
/**
 * How it is paid, as Halo numbers methods.
 */
paymentmethod?: (number | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * Contracts that belong to this one.
 */
contracts?: (ContractHeaderContract[] | null)
/**
 * Whether it has run out. Answered by Halo.
 */
expired?: (boolean | null)
contract_contact_id?: (number | null)
item_desc?: (string | null)
started?: (boolean | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The user's name. Answered by Halo, not needed in writes.
 */
user_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
periodicinvoicenextdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
next_invoice_date?: (string | null)
asset_value?: (number | null)
refextra2?: (string | null)
asset_sequence?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
next_call_date?: (string | null)
accounts_override_mailbox?: (number | null)
sla_name?: (string | null)
startbalance?: (number | null)
paymentscheme?: (number | null)
chargerollover?: (boolean | null)
outofhoursmultiplier?: (number | null)
requestminimum?: (number | null)
invoiceminimum?: (number | null)
allowfixedprice?: (boolean | null)
allowpyg?: (boolean | null)
allowprepay?: (boolean | null)
chargeperdevice?: (boolean | null)
prepayrecurringcharge?: (number | null)
chargeprepaytravel?: (boolean | null)
chargeprepaymileage?: (boolean | null)
chargepygtravel?: (boolean | null)
chargepygmileage?: (boolean | null)
onlybillatendofperiod?: (boolean | null)
unmatchedcombinations?: (number | null)
percentageincrease?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextincrementdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
datereceived?: (string | null)
invoicedescription?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
datesent?: (string | null)
dontsendalarm?: (boolean | null)
createdfrom_id?: (number | null)
costperperiod?: (number | null)
previouscontract?: (number | null)
billingcategory?: (number | null)
dontinvoice?: (boolean | null)
ohid?: (number | null)
emailaddresses?: (string | null)
scheduleemails?: (string | null)
schedulesendaccountmanager?: (boolean | null)
accountsdesc?: (string | null)
hasactions?: (boolean | null)
billingperiods?: (number | null)
surchargeid?: (number | null)
chargerate_method?: (number | null)
chargerates?: (Lookup[] | null)
_isimport?: (boolean | null)
_ignore_mandatory?: (boolean | null)
billing_description_string?: (string | null)
billing_period_string?: (string | null)
dontchargeforitems?: (boolean | null)
custombuttons?: (CustomButton[] | null)
_print_preview?: (boolean | null)
_print_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
pdftemplate_id?: (number | null)
pdftemplate_name?: (string | null)
schedule?: (ContractSchedule[] | null)
scheduleplan?: (ContractSchedulePlan[] | null)
_send_outstanding_emails?: (boolean | null)
_send_appointment_invites?: (boolean | null)
_importtype?: (string | null)
autotaskid?: (number | null)
import_user?: (string | null)
salesorder_id?: (number | null)
salesorder_line_id?: (number | null)
endtype?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_invoice_start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_invoice_end_date?: (string | null)
chargeratemultiplier?: (number | null)
_warning?: (string | null)
contract_prepaytotal?: (number | null)
contract_prepayused?: (number | null)
contract_prepaybalance?: (number | null)
contract_prepayhistory?: (PrepayHistory[] | null)
contract_periods?: (PrepayPeriod[] | null)
contract_prepayasamount?: (boolean | null)
prepay_periods?: (PrepayPeriod[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
prepayrecurringchargenextdate?: (string | null)
prepayrecurringhours?: (number | null)
billforrecurringprepayamount?: (boolean | null)
prepayrecurringminimumdeduction?: (number | null)
prepayrecurringminimumdeductiononlyactive?: (boolean | null)
prepayrecurringautomaticdeduction?: (number | null)
iscontractdetails?: (boolean | null)
labournominalcodeoverride?: (string | null)
labournominalcodeoverride_name?: (string | null)
prepayrecurringexpirymonths?: (number | null)
emailaddress_to?: (string | null)
emailaddress_cc?: (string | null)
use_cost_calculation?: (boolean | null)
attachments?: (AttachmentRowFields[] | null)
send_to_oracle?: (boolean | null)
oracle_invoice_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
datesent_to_oracle?: (string | null)
prepay_itemid?: (number | null)
prepay_itemname?: (string | null)
created_from_order?: (number | null)
use?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
asset_end_date?: (string | null)
contracttype_name?: (string | null)
prepayrecurringchargebp?: (number | null)
force_recalculation?: (boolean | null)
cost_calculation?: (string | null)
sent_to_oracle?: (boolean | null)
createdby_id?: (number | null)
createdby_name?: (string | null)
main_site?: (number | null)
autotopupthreshhold?: (number | null)
autotopuptoamount?: (number | null)
autotopupcostperhour?: (number | null)
autotopupbyamount?: (number | null)
extratabs?: (Tabname[] | null)
approvername?: (string | null)
approveremailaddress?: (string | null)
signature?: (string | null)
can_approve?: (boolean | null)
portal_display_type?: (number | null)
contractapprovalfields?: (RequestTypeField[] | null)
key?: number
table?: number
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
new_external_link?: (ExternalLinkRow | null)
}
export interface ContractPeriod {
id?: number
contract_id?: number
name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date_display?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date_display?: (string | null)
current?: boolean
hours_in_period?: (number | null)
hours_used?: (number | null)
hours_remaining?: (number | null)
hours_charged?: (number | null)
}
export interface ContractHeaderContract {
id?: number
contract_id?: (number | null)
supplier_contract_id?: (number | null)
contractref?: (string | null)
_warning?: (string | null)
}
export interface Lookup {
id?: (number | null)
intent?: (string | null)
lookupid?: (number | null)
name?: (string | null)
value2?: (string | null)
value2_bool?: (boolean | null)
value3?: (string | null)
value3_bool?: (boolean | null)
value4?: (string | null)
value4_bool?: (boolean | null)
value5?: (string | null)
value5_bool?: (boolean | null)
value6?: (string | null)
value6_bool?: (boolean | null)
value7?: (string | null)
value7_bool?: (boolean | null)
value8?: (string | null)
value8_bool?: (boolean | null)
value9?: (string | null)
value9_bool?: (boolean | null)
rates?: (ChargeRate[] | null)
contract_ref?: (string | null)
overriding_rate_id?: (number | null)
_isnewcode?: (boolean | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
kashflow_tenant?: (string | null)
email_template_name?: (string | null)
sla_name?: (string | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
custom1?: (string | null)
custom1_bool?: (boolean | null)
custom2?: (string | null)
tax_rate_name?: (string | null)
xero_tenant_name?: (string | null)
surcharge_item_name?: (string | null)
dynamics_company_name?: (string | null)
valueint1?: (number | null)
linked_item?: (string | null)
sequence?: (number | null)
sub_lookup?: (Lookup[] | null)
translations?: (LanguagePackTranslationsCustom[] | null)
_warning?: (string | null)
inactive?: (boolean | null)
column_profile_name?: (string | null)
jira_instance_name?: (string | null)
}
export interface ContractSchedule {
id?: (string | null)
chid?: number
seq?: (number | null)
amount?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
agent_id?: (number | null)
note?: (string | null)
_warning?: (string | null)
}
export interface ContractsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * Adds the periods of contracts, with what was used in each.
 */
includeperiods?: boolean
}
export interface ContractsListInput {
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Only records of this site.
 */
site_id?: number
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Only records that concern this asset.
 */
device_id?: number
/**
 * Leaves out contracts that a newer one has replaced.
 */
excluderenewed?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * Adds the contract that each one replaced.
 */
includelastrenewed?: boolean
/**
 * The list as the set-up of billing plans shows it.
 */
isbillingplansetup?: boolean
/**
 * The list as Halo's Oracle integration needs it.
 */
isoracle?: boolean
/**
 * Only contracts whose recurring invoice is still to be made.
 */
pending_recurring_invoice?: boolean
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface HaloRequestInput {
/**
 * Halo knows these three: POST creates and updates.
 */
method: ("GET" | "POST" | "DELETE")
/**
 * Below `/api`, such as `/Priority` or `/RecurringInvoice/12`; a leading `/api` and a query in it are understood.
 */
path: string
/**
 * Query parameters. Halo ignores names it does not know.
 */
query?: {
[k: string]: unknown
}
/**
 * The JSON body of a POST. Halo wants an array of records, so one record is put into an array, except on routes that end in `/Object`.
 */
body?: {
[k: string]: unknown
}
/**
 * A list that honours paging: reads pages, and all of them with the option `all`.
 */
paged?: boolean
/**
 * Lists: the key of the rows in the reply, such as `invoices`; `true` for a bare array. Found by itself where the reply has one array.
 */
items?: (string | true)
/**
 * What the request may do, where the method misleads: a POST that only reads is `read`. Default: GET reads, DELETE deletes, POST is a write that is not repeated blindly.
 */
effect?: ("read" | "create" | "update" | "upsert" | "delete")
}
export interface InvoicesDeleteInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * True deletes the invoice in Halo alone and leaves the connected accounting package as it is.
 */
bypass_accounts_sync?: boolean
}
export interface InvoicesListInput {
/**
 * Only what belongs to this ticket.
 */
ticket_id?: number
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Only records of this site.
 */
site_id?: number
/**
 * Only records of this user (a contact at the client, not an agent).
 */
user_id?: number
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * Only records that concern this asset.
 */
asset_id?: number
/**
 * Only what waits for approval.
 */
awaiting_approval?: boolean
/**
 * Only what is to be billed up to this date (ISO 8601, UTC, no zone).
 */
billing_date?: string
/**
 * Only invoices with these billing categories: numbers separated by commas.
 */
billingcategory_ids?: (string | number)
/**
 * Only records of these clients: numbers separated by commas.
 */
client_ids?: (string | number)
/**
 * Only records under this contract.
 */
contract_id?: number
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * True lists credit notes too.
 */
includecredits?: boolean
/**
 * False leaves ordinary invoices out; useful with `includecredits`.
 */
includeinvoices?: boolean
/**
 * Adds the lines to each row.
 */
includelines?: boolean
/**
 * True lists invoices for purchase orders too.
 */
includepoinvoices?: boolean
/**
 * Only invoices dated up to this day (ISO 8601, UTC, no zone).
 */
invoicedateend?: string
/**
 * Only invoices dated from this day on (ISO 8601, UTC, no zone).
 */
invoicedatestart?: string
/**
 * Only what waits for the approval of the API's agent.
 */
my_approvals?: boolean
/**
 * Only invoices that have not reached the accounting package.
 */
notpostedonly?: boolean
/**
 * Only invoices with these payment statuses: numbers separated by commas.
 */
paymentstatuses?: (string | number)
/**
 * Only invoices that have reached the accounting package.
 */
postedonly?: boolean
/**
 * Only invoices of this purchase order.
 */
purchaseorder_id?: number
/**
 * Only what has this status of a quote.
 */
quote_status?: string
/**
 * Only what is ready to be billed.
 */
ready_for_invoicing?: boolean
/**
 * Only invoices made from this recurring invoice.
 */
recurringinvoice_id?: number
/**
 * Only invoices that wait for a review.
 */
reviewrequired?: boolean
/**
 * Which kinds of recurring invoices to list.
 */
rinvoice_type?: string
/**
 * Only records of this sales order.
 */
salesorder_id?: number
/**
 * Only invoices that were sent, or not, as Halo numbers it.
 */
sent_status?: number
/**
 * Only invoices that Stripe is still to collect.
 */
stripeautopaymentrequired?: boolean
/**
 * Only records below this top level (group of clients).
 */
toplevel_id?: number
/**
 * Only invoices from this date on (ISO 8601, UTC, no zone).
 */
start_date?: string
/**
 * Only invoices up to this date (ISO 8601, UTC, no zone).
 */
end_date?: string
/**
 * The date that `start_date` and `end_date` act on.
 */
datesearch?: string
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface ItemsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The company of Microsoft Dynamics Business Central whose details to answer.
 */
dbc_company_id?: string
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * The KashFlow tenant whose details to answer.
 */
kashflowtenantid?: number
/**
 * The QuickBooks company whose details to answer.
 */
qbocompanyid?: string
/**
 * The Sage Business Cloud tenant whose details to answer.
 */
sagebusinesscloudtenantid?: number
/**
 * The Xero tenant whose details to answer.
 */
xerotenantid?: string
}
export interface ItemsListInput {
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * Only records of this asset group.
 */
assetgroup_id?: number
/**
 * Only records of these asset groups: numbers separated by commas.
 */
assetgroups?: (string | number)
/**
 * Only records of these asset types: numbers separated by commas.
 */
assettypes?: (string | number)
/**
 * Only items that came from Autotask services.
 */
autotask_service_items?: boolean
/**
 * The company of Microsoft Dynamics Business Central whose details to answer.
 */
dbc_company_id?: string
/**
 * The division of Exact Online whose details to answer.
 */
exactdivision?: number
/**
 * Leaves out items that are billed repeatedly.
 */
excluderecurring?: boolean
/**
 * False leaves active records out; useful with `includeinactive`.
 */
includeactive?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * Only items of this service.
 */
itemservice_id?: number
/**
 * Only items that the service request details name.
 */
itemservicerequestdetails_id?: number
/**
 * Only items with prices for this client.
 */
itemsupplierclientid?: number
/**
 * The KashFlow tenant whose details to answer.
 */
kashflowtenantid?: number
/**
 * Only items that QuickBooks knows.
 */
qbitemsonly?: boolean
/**
 * The QuickBooks company whose details to answer.
 */
qbocompanyid?: string
/**
 * Only items that are billed repeatedly.
 */
recurringonly?: boolean
/**
 * The Sage Business Cloud tenant whose details to answer.
 */
sagebusinesscloudtenantid?: number
/**
 * A second text to look for, besides `search`.
 */
search1?: string
/**
 * True lists items without stock too.
 */
show_not_in_stock?: boolean
/**
 * Only items kept at this stock location.
 */
stocklocation_id?: number
/**
 * Only records of this supplier.
 */
supplier_id?: number
/**
 * The Xero tenant whose details to answer.
 */
xerotenantid?: string
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface KnowledgeBaseArticleFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The article's title.
 */
name?: (string | null)
/**
 * The problem, as plain text.
 */
description?: (string | null)
/**
 * The problem, as HTML.
 */
description_html?: (string | null)
/**
 * What helps, as plain text.
 */
resolution?: (string | null)
/**
 * What helps, as HTML.
 */
resolution_html?: (string | null)
/**
 * The kind of article, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * The tags: `[{ id, text }]`.
 */
tags?: (Tag[] | null)
/**
 * The tags as one text, separated by commas.
 */
tag_string?: (string | null)
/**
 * The FAQ lists it is in: `[{ id }]`.
 */
faqlists?: (FAQListHead[] | null)
/**
 * The tags of the article.
 */
kb_tags?: (string | null)
/**
 * When it is to be reviewed (ISO 8601, UTC, no zone).
 */
next_review_date?: (string | null)
/**
 * The ticket it was made from.
 */
ticket_id?: (number | null)
/**
 * The agent who wrote it.
 */
creator_id?: (number | null)
/**
 * The agent who changed it last.
 */
editor_id?: (number | null)
/**
 * What only agents see, as plain text.
 */
internalmemoagent?: (string | null)
/**
 * What only agents see, as HTML.
 */
internalmemoagenthtml?: (string | null)
/**
 * From when it is shown (ISO 8601, UTC, no zone).
 */
limit_start_date?: (string | null)
/**
 * Until when it is shown (ISO 8601, UTC, no zone).
 */
limit_end_date?: (string | null)
/**
 * Whether everybody may read it.
 */
showforall?: (boolean | null)
/**
 * Articles that go with it: `[{ id }]`.
 */
related_articles?: (KnowledgeBaseArticleRowFields[] | null)
/**
 * The assets it is about: `[{ id }]`.
 */
devices?: (AssetRowFields[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * Files. In a write `[{ filename, data_base64 }]`; in a reply without bytes.
 */
attachments?: (AttachmentRowFields[] | null)
view_count?: (number | null)
useful_count?: (number | null)
notuseful_count?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_created?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_edited?: (string | null)
editor_type?: (number | null)
confluence_url?: (string | null)
search_score?: (number | null)
resolution_list?: (string | null)
link?: (string | null)
creator_name?: (string | null)
editor_name?: (string | null)
xrefkbentry?: (number | null)
xreftype?: (number | null)
xrefdoc?: (number | null)
description_markdown?: (string | null)
resolution_markdown?: (string | null)
internalmemomarkdown?: (string | null)
fields?: (RequestTypeField[] | null)
teams?: (TeamFields[] | null)
your_vote?: (number | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
importfaqs?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_review_date?: (string | null)
reviewed_by?: (number | null)
reviewer_name?: (string | null)
_reviewed?: (boolean | null)
new_version_from_id?: (number | null)
other_versions?: (KnowledgeBaseArticleRowFields[] | null)
servicenow_id?: (string | null)
import_attachments?: (AttachmentFields[] | null)
your_comment?: (string | null)
freshdesk_id?: (string | null)
freshdesk_folder_name?: (string | null)
freshdesk_category_name?: (string | null)
translations?: (LanguagePackTranslationsCustom[] | null)
_print_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
pdftemplate_id?: (number | null)
pdftemplate_name?: (string | null)
kbentryclientaccess?: (KbEntryAreaAccess[] | null)
kbentrytoplevelaccess?: (KbEntryTopLevelAccess[] | null)
_warning?: (string | null)
faq_write?: (boolean | null)
new_external_link?: (ExternalLinkRow | null)
import_details_id?: (number | null)
external_links?: (ExternalLinkRow[] | null)
wordpress_tags?: ({
[k: string]: unknown
} | null)
wordpress_categories?: ({
[k: string]: unknown
} | null)
importtags?: (string | null)
owners?: (AgentRowFields[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
search_index_sync_timestamp?: (string | null)
search_index_sync_batches?: (number | null)
use?: (string | null)
geo_restrictions?: (GeoLocationRestriction[] | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
kbpermalinks?: (Permalinks[] | null)
negativeFeedbackTicket?: (TicketFields | null)
generatetoken?: (boolean | null)
latestversion?: (number | null)
key?: number
table?: number
ticket_template_id?: (number | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
}
export interface TeamFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The team's name. Tickets name their team so.
 */
name?: (string | null)
/**
 * The place in lists that are sorted by hand: low comes first.
 */
sequence?: (number | null)
/**
 * The department of the MSP.
 */
department_id?: (number | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * Whether it works on ordinary tickets.
 */
forrequests?: (boolean | null)
/**
 * Whether it works on opportunities.
 */
foropps?: (boolean | null)
/**
 * Whether it works on projects.
 */
forprojects?: (boolean | null)
/**
 * The address that e-mails go to.
 */
emailaddress?: (string | null)
/**
 * The team's main e-mail address.
 */
main_email_address?: (string | null)
/**
 * The telephone number.
 */
phone_number?: (string | null)
/**
 * Its members: `[{ id }]`.
 */
agents?: (UnameSection[] | null)
/**
 * Who manages it.
 */
managers?: (Manager[] | null)
/**
 * True makes every agent a member.
 */
addtoallagents?: (boolean | null)
/**
 * The organisation of the MSP.
 */
organisation_id?: (number | null)
/**
 * A time zone by its Windows name, such as `GMT Standard Time`.
 */
timezone?: (string | null)
/**
 * A note about the team.
 */
team_note?: (string | null)
/**
 * Whether it may use every first category.
 */
allowall_category1?: (boolean | null)
/**
 * Whether it counts when work is shared out.
 */
includeinloadbalance?: (boolean | null)
/**
 * The mailbox that mails leave from, instead of the usual one.
 */
mailbox_override?: (number | null)
/**
 * Whether it takes chats.
 */
allowlivechat?: (boolean | null)
guid?: (string | null)
intent?: (string | null)
ticket_count?: number
department_name?: (string | null)
org_team_name?: (string | null)
override_column_id?: (number | null)
teamphotopath?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_modified?: (string | null)
hide_agents_in_tree_if_no_tickets?: (boolean | null)
workinghoursbeforealert?: (number | null)
rtid?: (number | null)
cannedtext?: (CannedText[] | null)
templates?: (TemplateRow[] | null)
allowed_category1?: (CategoryRestriction[] | null)
allowall_category2?: (boolean | null)
allowed_category2?: (CategoryRestriction[] | null)
allowall_category3?: (boolean | null)
allowed_category3?: (CategoryRestriction[] | null)
allowall_category4?: (boolean | null)
allowed_category4?: (CategoryRestriction[] | null)
override_column_name?: (string | null)
messagegroup_id?: (number | null)
_warning?: (string | null)
_canupdate?: (boolean | null)
_canupdate2?: (boolean | null)
alternative_name?: (string | null)
logo?: (string | null)
dontsendsurvey?: (boolean | null)
booking_workday_id?: (number | null)
booking_workday_name?: (string | null)
recurring_shifts?: (AppointmentRowFields[] | null)
use?: (string | null)
department_guid?: (string | null)
timesheet_approver?: (number | null)
timesheet_approver_name?: (string | null)
concurrent_lic_limit?: (number | null)
third_party_migration_id?: (string | null)
enable_teams_shifts?: (boolean | null)
homescreendashboardid?: (number | null)
homescreendashboardname?: (string | null)
}
export interface CannedText {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
group_id?: (number | null)
text?: (string | null)
html?: (string | null)
restriction_type?: (number | null)
department_id?: (number | null)
department_guid?: (string | null)
department_name?: (string | null)
team_id?: (number | null)
team_guid?: (string | null)
team_name?: (string | null)
agent_id?: (number | null)
agent_name?: (string | null)
_canupdate?: (boolean | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
_isimport?: (boolean | null)
group_name?: (string | null)
tags?: (Tag[] | null)
_warning?: (string | null)
}
export interface KbEntryAreaAccess {
id?: number
client_id?: (number | null)
client_name?: (string | null)
kb_id?: (number | null)
_warning?: (string | null)
}
export interface KbEntryTopLevelAccess {
id?: number
toplevel_id?: (number | null)
toplevel_name?: (string | null)
kb_id?: (number | null)
_warning?: (string | null)
}
export interface Permalinks {
id?: number
entity_name?: (string | null)
entity_id?: (number | null)
published_guid?: (string | null)
access_token?: (string | null)
publishedlink?: (string | null)
_warning?: (string | null)
}
export interface TicketFields {
/**
 * The ticket's number. With it a write changes that ticket, without it a write creates one.
 */
id?: number
/**
 * The ticket's subject line. All that Halo itself needs for a new ticket.
 */
summary?: (string | null)
/**
 * The description as plain text. For HTML give `details_html` instead.
 */
details?: (string | null)
/**
 * The description as HTML.
 */
details_html?: (string | null)
/**
 * The client the ticket is for. Left out, Halo takes it from the user or its catch-all client.
 */
client_id?: (number | null)
/**
 * The site the ticket is for. Halo wants it beside `user_id`.
 */
site_id?: (number | null)
/**
 * The user (contact) who reported it. Needs `site_id` too; for nobody in particular give `userlookup: { id: -1 }`.
 */
user_id?: (number | null)
/**
 * The ticket type; see ticketTypes.list. Left out, Halo takes its default.
 */
tickettype_id?: (number | null)
/**
 * The status; see statuses.list, the numbers differ between tenants. Open appointments block closing unless `_appointment01_ok` is true.
 */
status_id?: (number | null)
/**
 * The priority: its `priorityid` (1, 2, 3, …), which belongs to the ticket's SLA.
 */
priority_id?: (number | null)
/**
 * How many are affected, as Halo numbers impacts; with `urgency` it can decide the priority.
 */
impact?: (number | null)
/**
 * How soon it is needed, as Halo numbers urgencies; with `impact` it can decide the priority.
 */
urgency?: (number | null)
/**
 * The team by name, which must exist exactly so.
 */
team?: (string | null)
/**
 * The agent who works on it. 1 is usually Unassigned.
 */
agent_id?: (number | null)
/**
 * The first category as text; levels are joined by `>`, such as `Hardware>Printer`.
 */
category_1?: (string | null)
/**
 * The second category as text.
 */
category_2?: (string | null)
/**
 * The third category as text.
 */
category_3?: (string | null)
/**
 * The fourth category as text.
 */
category_4?: (string | null)
/**
 * The first category by its number, instead of its text.
 */
categoryid_1?: (number | null)
/**
 * The second category by its number, instead of its text.
 */
categoryid_2?: (number | null)
/**
 * How it came in, as Halo numbers sources (e-mail, phone, portal, …).
 */
source?: (number | null)
/**
 * The ticket above this one.
 */
parent_id?: (number | null)
/**
 * The SLA's number.
 */
sla_id?: (number | null)
/**
 * The contract that the work is billed under.
 */
contract_id?: (number | null)
/**
 * When it begins (ISO 8601, UTC, no zone).
 */
startdate?: (string | null)
/**
 * When it is meant to be done (ISO 8601, UTC, no zone).
 */
targetdate?: (string | null)
/**
 * When it has to be done (ISO 8601, UTC, no zone).
 */
deadlinedate?: (string | null)
/**
 * When it happened. It can be set, so it is not always the time of creation (ISO 8601, UTC, no zone).
 */
dateoccurred?: (string | null)
/**
 * When the SLA wants it fixed (ISO 8601, UTC, no zone).
 */
fixbydate?: (string | null)
/**
 * The estimated effort in hours.
 */
estimate?: (number | null)
/**
 * The assets the ticket is about: `[{ id }]`.
 */
assets?: (AssetRowFields[] | null)
/**
 * Files. In a write `[{ filename, data_base64 }]`; in a reply without bytes.
 */
attachments?: (AttachmentFields[] | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The tags: `[{ id, text }]`.
 */
tags?: (Tag[] | null)
/**
 * Tags to add, leaving the others as they are: `[{ text }]`.
 */
add_tags?: (Tag[] | null)
/**
 * Addresses to copy on e-mails, separated by commas.
 */
emailcclist?: (string | null)
/**
 * Addresses that e-mails go to, separated by commas.
 */
emailtolist?: (string | null)
/**
 * Who reported it, where that is not the user himself.
 */
reportedby?: (string | null)
/**
 * The e-mail address of the user.
 */
user_email?: (string | null)
/**
 * The telephone number.
 */
phonenumber?: (string | null)
/**
 * The supplier's number.
 */
supplier_id?: (number | null)
/**
 * The supplier's own reference.
 */
supplier_reference?: (string | null)
/**
 * The record's number in a system outside Halo.
 */
third_party_id?: (number | null)
/**
 * The record's id in a system outside Halo, as text. Stored, answered, and not shown to people.
 */
third_party_id_string?: (string | null)
/**
 * The client's own reference.
 */
client_reference?: (string | null)
/**
 * What was done, told when the ticket closes.
 */
closure_note?: (string | null)
/**
 * When it was closed (ISO 8601, UTC, no zone).
 */
dateclosed?: (string | null)
/**
 * The value of the opportunity.
 */
oppvalue?: (number | null)
/**
 * How likely the opportunity is won, in percent.
 */
oppconversionprobability?: (number | null)
/**
 * Whom to talk to about the opportunity.
 */
oppcontactname?: (string | null)
/**
 * The prospect's company.
 */
oppcompanyname?: (string | null)
/**
 * The prospect's e-mail address.
 */
oppemailaddress?: (string | null)
/**
 * The prospect's telephone number.
 */
opptel?: (string | null)
/**
 * The kind of opportunity, as Halo numbers kinds.
 */
opptype?: (string | null)
/**
 * The stage of the sales pipeline.
 */
pipeline_stage_id?: (number | null)
/**
 * The project's budget in hours.
 */
projecttimebudget?: (number | null)
/**
 * The project's budget in money.
 */
projectmoneybudget?: (number | null)
/**
 * The ticket template to start from.
 */
template_id?: (number | null)
/**
 * The agent who is to approve.
 */
new_approvalprocess_agent_id?: (number | null)
/**
 * True keeps Halo's ticket rules from acting on this write.
 */
dont_do_rules?: (boolean | null)
/**
 * True keeps the ticket type's default template from filling fields.
 */
donotapplytemplateintheapi?: (boolean | null)
/**
 * Whether the ticket is flagged.
 */
flagged?: (boolean | null)
/**
 * Whether it concerns a very important person or client.
 */
is_vip?: (boolean | null)
/**
 * The client's purchase order.
 */
purchaseordernumber?: (string | null)
/**
 * Minutes between the caller's time and UTC. Leave it out: all times are UTC then.
 */
utcoffset?: (number | null)
/**
 * The agent's name. Answered by Halo, not needed in writes.
 */
agent_name?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * Who did it. Answered by Halo.
 */
who?: (string | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The name of the status. Answered by Halo when asked.
 */
status_name?: (string | null)
/**
 * The name of the ticket type. Answered by Halo when asked.
 */
tickettype_name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * The user's name. Answered by Halo, not needed in writes.
 */
user_name?: (string | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * When the record was made. Null in lists (ISO 8601, UTC, no zone).
 */
datecreated?: (string | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * The name of the priority. Answered by Halo when asked.
 */
priority_name?: (string | null)
/**
 * Time spent on the ticket, in hours. Answered by Halo; time is added by actions.
 */
timetaken?: (number | null)
/**
 * Whether the SLA clock stands still.
 */
onhold?: (boolean | null)
/**
 * When the SLA's response was made (ISO 8601, UTC, no zone).
 */
responsedate?: (string | null)
/**
 * The SLA's name. Answered by Halo.
 */
sla_name?: (string | null)
/**
 * The workflow that runs on it.
 */
workflow_id?: (number | null)
oppjobtitle?: (string | null)
categoryid_3?: (number | null)
categoryid_4?: (number | null)
category_1_display?: (string | null)
category_2_display?: (string | null)
category_3_display?: (string | null)
category_4_display?: (string | null)
estimatedays?: (number | null)
projecttimepercentage?: (number | null)
chargehours?: (number | null)
nonchargehours?: (number | null)
travelhours?: (number | null)
totalmileage?: (number | null)
itemsprice?: (number | null)
items?: (string | null)
supplier_name?: (string | null)
child_count?: (number | null)
child_count_open?: (number | null)
attachment_count?: (number | null)
read?: (boolean | null)
enduserstatus?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
respondbydate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
responsestartdate?: (string | null)
slaresponsestate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateassigned?: (string | null)
excludefromsla?: (boolean | null)
slaholdtime?: (number | null)
site_timezone?: (string | null)
parentguid?: (string | null)
parentassign?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
slaactiondate?: (string | null)
slapercused?: (number | null)
slatimeleft?: (number | null)
currentelapsedhours?: (number | null)
/**
 * When the last action was made (ISO 8601, UTC, no zone).
 */
lastactiondate?: (string | null)
/**
 * When it was last changed (ISO 8601, UTC, no zone).
 */
last_update?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastchildactiondate?: (string | null)
organisation_id?: (number | null)
department_id?: (number | null)
emailtolistsupplier?: (string | null)
emailcclistsupplier?: (string | null)
matched_kb_id?: (number | null)
release_note?: (string | null)
product_id?: (number | null)
release_id?: (number | null)
release_name?: (string | null)
release2_id?: (number | null)
release2_name?: (string | null)
release3_id?: (number | null)
release3_name?: (string | null)
child_ticket_id_string?: (string | null)
asset_key_field_string?: (string | null)
asset_type_name?: (string | null)
workflow_stage?: (string | null)
workflow_stage_id?: (number | null)
workflow_stage_number?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastincomingemail?: (string | null)
child_ticket_ids?: (number[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextactivitydate?: (string | null)
/**
 * The asset tag: the number by which people know the asset.
 */
inventory_number?: (string | null)
workflow_step?: (number | null)
workflow_seq?: (number | null)
pipeline_stage_name?: (string | null)
/**
 * Whether the ticket is closed, whatever the status is called.
 */
hasbeenclosed?: (boolean | null)
unread_child_action_count?: (number | null)
unread_related_action_count?: (number | null)
child_action_count?: (number | null)
parent_subject?: (string | null)
related_action_count?: (number | null)
isimportantcontact?: (boolean | null)
startdate_timezone?: (string | null)
startdate_with_timezone?: (DateTimeZone | null)
starttime?: (string | null)
starttimeslot?: (number | null)
targetdate_timezone?: (string | null)
targetdate_with_timezone?: (DateTimeZone | null)
targettime?: (string | null)
targettimeslot?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
followupdate?: (string | null)
oppcustomertitle?: (string | null)
oppaddr1?: (string | null)
oppaddr2?: (string | null)
oppaddr3?: (string | null)
oppaddr4?: (string | null)
opppostcode?: (string | null)
oppcountry?: (string | null)
oppregion?: (string | null)
oppvalueadjusted?: (number | null)
oppprofit?: (number | null)
oppcurrentsystem?: (string | null)
oppcompetitors?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
opptrialdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
oppdemodate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
oppdiscountdate?: (string | null)
oppattemptsmade?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
oppconverteddate?: (string | null)
oppproductchosen?: (string | null)
oppreason?: (string | null)
opphear?: (string | null)
opptimezonename?: (string | null)
oppclosurecategory?: (number | null)
cost?: (number | null)
quantity?: (number | null)
projecttimeactual?: (number | null)
projectmoneyactual?: (number | null)
lastnote?: (string | null)
userdef1?: (string | null)
userdef2?: (string | null)
userdef3?: (string | null)
userdef4?: (string | null)
userdef5?: (string | null)
release_important?: (boolean | null)
releasenotegroup_name?: (string | null)
releasenotegroup_id?: (number | null)
supplier_status?: (number | null)
contract_refextra?: (string | null)
appointment_type?: (number | null)
timeentries?: (FaultsTimeEntry[] | null)
section_timezone?: (string | null)
itilname?: (string | null)
related_service_descriptions?: (string | null)
related_service_category_names?: (string | null)
projectinternaltask?: (boolean | null)
appointment_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextappointmentdate?: (string | null)
/**
 * The given name.
 */
firstname?: (string | null)
lastname?: (string | null)
connectedinstance_id?: (number | null)
web_url?: (string | null)
api_url?: (string | null)
action_number?: (number | null)
action_ticket_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
action_datetime?: (string | null)
action_outcome?: (string | null)
action_chargerate?: (string | null)
action_contract_ref?: (string | null)
action_note?: (string | null)
ticket_invoices_for_each_site?: (boolean | null)
salesorder_id?: (number | null)
orderhead_id?: (number | null)
budgettype?: (string | null)
recalculate_billing?: (boolean | null)
impactlevel?: (number | null)
pr_id?: (number | null)
branch_id?: (number | null)
branch_name?: (string | null)
update_milestone_id?: (number | null)
milestone_id?: (number | null)
milestone_name?: (string | null)
milestone_value?: (number | null)
milestone_sequence?: (number | null)
milestone_status?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
milestone_startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
milestone_enddate?: (string | null)
action_agent_name?: (string | null)
key?: (string | null)
takenby?: (string | null)
createdfrom_id?: (number | null)
createdfrom_summary?: (string | null)
clonedfrom_id?: (number | null)
clonedfrom_summary?: (string | null)
closure_note_html?: (string | null)
closure_time?: (number | null)
top_level_id?: (number | null)
customer_relationships?: (string | null)
asset_number?: (number | null)
asset_site?: (number | null)
slatimeelapsed?: (number | null)
slastate?: (string | null)
slaexcuse?: (string | null)
site_sla_id?: (number | null)
supplier_slaexcuse?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_date?: (string | null)
supplier_contract_id?: (number | null)
supplier_contract_ref?: (string | null)
supplier_sla_id?: (number | null)
supplier_priority_id?: (number | null)
supplier_responsestate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_responsedate?: (string | null)
supplier_responsetime?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_respondbydate?: (string | null)
supplier_slastate?: (string | null)
supplier_slatimeelapsed?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_dateclosed?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
supplier_fixbydate?: (string | null)
supplier_breachrespsent?: (boolean | null)
supplier_breachfixbysent?: (boolean | null)
changestate?: (string | null)
approvedby?: (number | null)
showforusers?: (boolean | null)
messsent?: (string | null)
satisfactionlevel?: (number | null)
satisfactioncomment?: (string | null)
invoicenumber?: (string | null)
invoicenote?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
invoicedate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
invoicepaiddate?: (string | null)
nonbillable_time?: (number | null)
mileage?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
planneddate?: (string | null)
ccaddress?: (string | null)
agreedcleared?: (boolean | null)
responsetime?: (number | null)
alsoinform?: (string | null)
justification?: (string | null)
backoutplan?: (string | null)
communicationplan?: (string | null)
testplan?: (string | null)
riskdescription?: (string | null)
risklevel?: (number | null)
impactdescription?: (string | null)
service_id?: (number | null)
isparentservice?: (boolean | null)
surveysent?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
planneddateend?: (string | null)
currentfaactionnumber?: (number | null)
approval_process_step?: (number | null)
approval_process_step_name?: (string | null)
approval_cab_name?: (string | null)
approval_process_id?: (number | null)
faultcodeopen?: (number | null)
faultcode?: (number | null)
laststatus3rdparty?: (number | null)
inform3rdpartysystem?: (boolean | null)
deliverycontact?: (string | null)
delivery_address?: (Address | null)
surveyneeded?: (boolean | null)
knownerror?: (boolean | null)
development?: (boolean | null)
causedby?: (number | null)
messsentlast?: (string | null)
unapprovedchangestatus?: (number | null)
changeseq?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastrecurringemailsentdate?: (string | null)
template_name?: (string | null)
child_template_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
slaholdreminderdatelastemailed?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
closurereminderdatelastemailed?: (string | null)
assetstring?: (string | null)
mailboxid?: (number | null)
alerttype?: (string | null)
actisbillabledefault?: (boolean | null)
emaildisplayname?: (string | null)
emailpriority?: (number | null)
chargerate?: (number | null)
timezonename?: (string | null)
forwardinboundupdates?: (boolean | null)
loggedoutofhdworkinghours?: (boolean | null)
acctmaninformedsurvey?: (boolean | null)
laststatuschangeinformed?: (number | null)
gfialerttype?: (string | null)
quotedescription?: (string | null)
quotelabouramount?: (number | null)
quotepriority?: (number | null)
budgetcode?: (number | null)
actualcost?: (number | null)
invoicestatus?: (number | null)
invoicedescription?: (string | null)
invoicelabouramount?: (number | null)
invoicematerialsamount?: (number | null)
firsttimefix?: (number | null)
quotematerialsamount?: (number | null)
ukasaccredited?: (boolean | null)
labno?: (string | null)
twitterscreenname?: (string | null)
twitterid?: (number | null)
facebook_id?: (string | null)
fixbydateadjusted?: (boolean | null)
loggedonbehalfby?: (string | null)
alternativecontactno?: (string | null)
operationalserviceid?: (number | null)
requestdetailsprinted?: (boolean | null)
serviceformprinted?: (boolean | null)
auditstatus?: (number | null)
auditunum?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
auditdate?: (string | null)
auditnote?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
auditfaileddate?: (string | null)
auditfailednote?: (string | null)
userrequestedapprover?: (number | null)
oppdontaddtomailinglist?: (boolean | null)
sendprintrequest?: (number | null)
pagerdutyid?: (string | null)
pagerdutyincidentidstring?: (string | null)
pagerdutystatus?: (number | null)
pagerdutyurl?: (string | null)
pagerdutyincidentid?: (string | null)
opportunity_third_party_url?: (string | null)
product_name?: (string | null)
product_key?: (string | null)
pr_link?: (string | null)
github_repository?: (string | null)
component_id?: (number | null)
component_name?: (string | null)
version_id?: (number | null)
version_name?: (string | null)
mailentryid?: (string | null)
contract_ref?: (string | null)
billing_address?: (Address | null)
workflow_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
workflow_stepstarted?: (string | null)
lessonslearned?: (string | null)
laststatuschangeinformedmanager?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastbugzillasync?: (string | null)
sapid?: (string | null)
sapattachmentsuuid?: (string | null)
currency?: (number | null)
projectconsignmentheaderid?: (number | null)
projectconsignmentdetailid?: (number | null)
servicefailurestid?: (number | null)
hdid?: (number | null)
deleted?: (boolean | null)
matched_rule_id?: (number | null)
matched_rule_name?: (string | null)
matched_rule_dont_show_notification?: (boolean | null)
ignore_kb_match?: (boolean | null)
deadlinenotificationhours?: (number | null)
asset_type?: (number | null)
showonroadmap?: (boolean | null)
roadmapnote?: (string | null)
phonenumberfrom?: (string | null)
addressfrom?: (string | null)
changeinformation_html?: (string | null)
team_department_id?: (number | null)
sendack?: (boolean | null)
newaction_emailfrom?: (number | null)
newaction_emailfrom_address_override?: (string | null)
_canupdate?: (boolean | null)
_mustupdateticketuser?: (boolean | null)
_spam?: (boolean | null)
_spamblock?: (boolean | null)
users_name?: (string | null)
sibling_count_open?: (number | null)
parent_summary?: (string | null)
parent_status_name?: (string | null)
new_approvalprocess?: (number | null)
new_approvalprocess_user_id?: (number | null)
new_approvalprocess_email?: (string | null)
new_approvalprocess_cab_id?: (number | null)
approvers?: (FaultApproval[] | null)
approvers_history?: (FaultApproval[] | null)
appointment_count?: (number | null)
open_chat_count?: (number | null)
task_count?: (number | null)
create_article?: (boolean | null)
qualifications?: (Qualification[] | null)
target_adjust?: (number | null)
start_adjust?: (number | null)
/**
 * True leaves out the database lookups of the ticket type.
 */
dont_do_databaselookups?: (boolean | null)
apply_rules?: (boolean | null)
apply_this_rule?: (number | null)
/**
 * True reassigns although Halo would ask first.
 */
_forcereassign?: (boolean | null)
/**
 * True closes the ticket although it has open appointments.
 */
_appointment01_ok?: (boolean | null)
/**
 * True goes on although Halo would warn about the agent.
 */
_agent01_ok?: (boolean | null)
_agent02_ok?: (boolean | null)
_asset01_ok?: (boolean | null)
return_this?: (boolean | null)
_validate_form?: (boolean | null)
/**
 * True lets Halo check a change as its own screens do; part of bringing back a deleted ticket.
 */
_validate_updates?: (boolean | null)
documents?: (AttachmentFields[] | null)
popup_notes?: (AreaPopup[] | null)
current_action_type?: (string | null)
current_action_name?: (string | null)
_ispreview?: (boolean | null)
nochangesequpdate?: (boolean | null)
_reclose?: (boolean | null)
_reclose_oid?: (number | null)
/**
 * True brings a deleted ticket back; with its `id` and `_validate_updates`.
 */
_recover?: (boolean | null)
reference?: (string | null)
email_start_tag_override?: (string | null)
email_end_tag_override?: (string | null)
follower_count?: (number | null)
contact_address?: (Address | null)
chat_id?: (number | null)
actioncode?: (number | null)
clone_count?: (number | null)
todo_count?: (number | null)
todo_list?: (FaultToDo[] | null)
service_count?: (number | null)
unsubscribedfromserviceid?: (number | null)
is_opportunity?: (boolean | null)
is_project?: (boolean | null)
items_issued_count?: (number | null)
items_issued?: (FaultItem[] | null)
project_items_issued?: (FaultItem[] | null)
quotation_count?: (number | null)
salesorder_count?: (number | null)
purchaseorder_count?: (number | null)
invoice_line_count?: (number | null)
third_party_client_id?: (string | null)
_refreshresponse?: (boolean | null)
/**
 * True treats the record as imported: no e-mails, no rules.
 */
_isimport?: (boolean | null)
_isalert?: (boolean | null)
/**
 * True skips Halo's check that user, site and mandatory fields go together.
 */
_novalidate?: (boolean | null)
requesttype_name?: (string | null)
_importid?: (number | null)
sendtopagerduty?: (boolean | null)
splunkurl?: (string | null)
splunksearch?: (string | null)
budgettype_id?: (number | null)
budgettype_name?: (string | null)
budgets?: (FaultBudget[] | null)
_importtype?: (string | null)
send_remoteinvite?: (boolean | null)
invite_emaillist?: (string | null)
third_party_call_id?: (string | null)
remotetechid?: (number | null)
linkremotesession?: (boolean | null)
remotesessionid?: (number | null)
form_id?: (string | null)
database_lookup_result?: (PartsLookupResult | null)
azure_tenants?: (string | null)
azure_tenants_name?: (string | null)
/**
 * What Halo warns about although it did the write. Answered by Halo.
 */
_warning?: (string | null)
_warning_is_error?: (string | null)
close_unassigned?: (boolean | null)
canbechild?: (boolean | null)
_changefreeze01_ok?: (boolean | null)
_force?: (boolean | null)
_ticketclash01_ok?: (boolean | null)
_milestonedate01_ok?: (boolean | null)
_ignoremilestonedates?: (boolean | null)
locked?: (boolean | null)
has_related?: (boolean | null)
pagerdutyeragent?: (number | null)
elapsed_response_hours?: (number | null)
elapsed_resolution_hours?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
sla_start_date?: (string | null)
_print_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
journeys?: (Journey[] | null)
devops_agent?: (string | null)
_dontupdate_devops?: (boolean | null)
category_note_1?: (string | null)
category_user_note_1?: (string | null)
category_include_note_1?: (boolean | null)
category_itil_1?: (number | null)
category_note_2?: (string | null)
category_user_note_2?: (string | null)
category_include_note_2?: (boolean | null)
category_itil_2?: (number | null)
category_note_3?: (string | null)
category_user_note_3?: (string | null)
category_include_note_3?: (boolean | null)
category_itil_3?: (number | null)
category_note_4?: (string | null)
category_user_note_4?: (string | null)
category_include_note_4?: (boolean | null)
category_itil_4?: (number | null)
devops_comment_count?: (number | null)
_iszapier?: (boolean | null)
ncentral_ticketid?: (string | null)
_isnotify?: (boolean | null)
created_from_action_id?: (number | null)
created_from_action_name?: (string | null)
createacknowledgement?: (boolean | null)
your_vote?: (number | null)
your_vote_comment?: (string | null)
_create_outstanding_appointments?: (boolean | null)
_create_outstanding_appointment_email?: (boolean | null)
scomalertstate?: (number | null)
orionalertid?: (number | null)
orionalertactiveid?: (number | null)
orionacknowledgestate?: (number | null)
orionclosestate?: (number | null)
orionacknowledgedby?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
orionacknowledgedate?: (string | null)
_acknowledgealert?: (boolean | null)
orionacknowledgenote?: (string | null)
orionacknowledgedbyname?: (string | null)
orionalertname?: (string | null)
servicenow_id?: (string | null)
third_party_parent_id?: (string | null)
third_party_problem_id?: (string | null)
opened_by?: (string | null)
resolved_by?: (string | null)
sendtosplunkoncall?: (boolean | null)
splunkoncalltarget?: (number | null)
splunkoncalltarget_id?: (string | null)
splunkoncall_id?: (string | null)
splunkoncallurl?: (string | null)
splunkoncallstatus?: (number | null)
connectwise_id?: (number | null)
connectwise_project_id?: (number | null)
prepay_balance_hours?: (number | null)
prepay_balance_amount?: (number | null)
servicenow_number?: (string | null)
parent_ticket_type_name?: (string | null)
createdfrom_ticket_type_name?: (string | null)
clonedfrom_ticket_type_name?: (string | null)
autotask_id?: (number | null)
autotask_number?: (string | null)
atera_alert_id?: (number | null)
syncro_alert_id?: (number | null)
laststatuschangestatus?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
laststatuschangestatusdate?: (string | null)
mark_as_read_only?: (boolean | null)
audit_log?: (Audit[] | null)
meraki_device?: (string | null)
meraki_alert_type?: (string | null)
matched_rules?: (FaultRuleMatch[] | null)
powershell_script_count?: (number | null)
devops_workitem_count?: (number | null)
ninja_alert_id?: (string | null)
ninja_device_id?: (number | null)
usertype?: (number | null)
actionworkflowset?: (boolean | null)
isbillable?: (boolean | null)
itemsarebillable?: (boolean | null)
childrenlefttocreate?: (boolean | null)
resourcetype_id?: (number | null)
resourcetype_name?: (string | null)
resource_booking_type?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
resource_booking_timeslot?: (string | null)
resource_booking_asset?: (number | null)
matched_rule_ids?: (string | null)
forceruleupdate?: (boolean | null)
teams_user_id?: (string | null)
_isteams?: (boolean | null)
faultapprovalfailed?: (boolean | null)
article_description?: (string | null)
article_resolution?: (string | null)
article_notes?: (string | null)
article_type?: (number | null)
dontcreatechild?: (boolean | null)
needcreatechild?: (boolean | null)
sentinel_id?: (string | null)
sentinel_resourcegroup?: (string | null)
sentinel_subscriptionid?: (string | null)
sentinel_workspace?: (string | null)
faultapprovalexists?: (boolean | null)
_validate_only?: (boolean | null)
_validation_key?: (string | null)
azuremonitor_id?: (string | null)
domotz_alertid?: (number | null)
domotz_deviceid?: (number | null)
domerge?: (boolean | null)
isnew?: (boolean | null)
automate_id?: (number | null)
device_automate_id?: (number | null)
auvik_id?: (string | null)
auvik_url?: (string | null)
contract_balance?: (string | null)
bookingurl?: (string | null)
billable_time?: (number | null)
isclone?: (boolean | null)
clonedfrom?: (number | null)
slatimeremaining?: (number | null)
customfieldvalidationreason?: (string | null)
_has_automations?: (boolean | null)
chat_count?: (number | null)
_dontupdate_jira?: (boolean | null)
jira_issue_count?: (number | null)
call_log_count?: (number | null)
sentinel_url?: (string | null)
sentinel_display_id?: (number | null)
postloggedview?: (number | null)
addigy_alert_id?: (string | null)
ninja_alert_type?: (string | null)
freshdesk_id?: (number | null)
external_links?: (ExternalLinkRow[] | null)
new_external_link?: (ExternalLinkRow | null)
kaseya_agent_id?: (string | null)
salesforce_contactid?: (string | null)
salesforce_accountid?: (string | null)
salesforce_parentid?: (string | null)
salesforce_status?: (string | null)
newrelic_id?: (string | null)
newrelicincident_id?: (string | null)
backup_radar_id?: (number | null)
backup_radar_state?: (number | null)
linktypesarray?: (KeyPair[] | null)
kaseyaid?: (string | null)
alluserscanview?: (number | null)
_dontupdate_salesforce?: (boolean | null)
sync_to_salesforce?: (boolean | null)
salesforce_stage?: (number | null)
_newticket_quickclose?: (boolean | null)
service_request_detail_id?: (number | null)
visible_child_tickets?: number
check_status_freeze?: (boolean | null)
primary_service_name?: (string | null)
expenses?: (Expense[] | null)
clear_feedback?: (boolean | null)
facebook_message_id?: (string | null)
twitter_message_id?: (number | null)
ncentral_details_id?: (number | null)
requesttype_published_id?: (string | null)
supplier_contact_id?: (number | null)
parent_itil_ticket_type?: (number | null)
parent_release_note?: (string | null)
parent_release_name?: (string | null)
parent_release2_name?: (string | null)
parent_release3_name?: (string | null)
pagerdutyservice?: (string | null)
pagerdutyservice_name?: (string | null)
_dontupdate_pagerduty?: (boolean | null)
_dont_fire_automations?: (boolean | null)
teamsmessage?: (string | null)
default_teams_chat_name?: (string | null)
show_chat_create?: (boolean | null)
htmlmessage?: (string | null)
linked_halo_ticket_count?: (number | null)
halolink_ticketid?: (number | null)
override_opening_action_who?: (boolean | null)
whatsappcreatedfromid?: (string | null)
unotes?: (string | null)
smemo?: (string | null)
amemo?: (string | null)
_matchintacctclass?: (boolean | null)
intacct_class?: (string | null)
intacct_class_name?: (string | null)
sms_override?: (string | null)
device_name?: (string | null)
milestones?: (MileStone[] | null)
email_message_id?: (string | null)
seenby?: (string | null)
recaptcha_token?: (string | null)
resource_booking_site?: (number | null)
extratabs?: (Tabname[] | null)
new_approvalprocess_role_id?: (number | null)
new_approvalprocess_customfieldid?: (number | null)
linked_ecommerce_order_number?: (string | null)
linked_ecommerce_order_url?: (string | null)
parent_milestones?: (MileStone[] | null)
vectors?: (FaultVector[] | null)
ai_matched_tickets?: (FaultVectorScore[] | null)
ai_matched_articles?: (FaultVectorScore[] | null)
ai_suggestions?: (AiSuggestionFault[] | null)
_apply_ai_suggestions?: (number[] | null)
suggested_category1?: (string | null)
thirdpartyreviewscore?: (number | null)
datto_alert_state?: (number | null)
forwarded_by?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
reviewed_date?: (string | null)
is_sensitive?: (boolean | null)
contract_schedule_plan_id?: (number | null)
instagram_message_id?: (string | null)
default_reporter?: (number | null)
defaultsendattachments?: (boolean | null)
devops_key?: (string | null)
related_tickets?: (TicketRowFields[] | null)
new_related_tickets?: (TicketRowFields[] | null)
unrelate_from_ticket_id?: (number | null)
ecommerce_orders?: (EcommerceOrderFault[] | null)
hide_feedback?: (boolean | null)
workflow_history?: (WorkflowHistory[] | null)
connectwisermm_ticketid?: (string | null)
colour_rule?: (number | null)
google_reviewdata?: (GoogleBusinessReview | null)
google_questiondata?: (GoogleBusinessQuestion | null)
original_agent?: (number | null)
do_lookups?: (boolean | null)
liongard_system_id?: (number | null)
bigpanda_id?: (string | null)
contributors?: (Contributors[] | null)
internet_message_id?: (string | null)
matching_value?: (string | null)
sqlimport_id?: (number | null)
respondbydateadjusted?: (boolean | null)
date_dependencies?: (FaultsDateDependencies[] | null)
new_milestone_ticket?: (number | null)
assets_columns?: (ViewColumnsDetails[] | null)
slaresponseexcuse?: (string | null)
can_add_cc_followers?: (boolean | null)
_fromchatprofileid?: (string | null)
lapsafe_count?: (number | null)
olas?: (FaultOLA[] | null)
ola_count?: (number | null)
new_workflow_history?: (WorkflowHistory[] | null)
default_slack_channel_name?: (string | null)
show_channel_create?: (boolean | null)
slack_channel_id?: (string | null)
slack_callback_id?: (string | null)
ai_suggested_priority?: (string | null)
ai_suggested_resolution?: (string | null)
ai_generated_summary?: (string | null)
ai_search_query?: (string | null)
ai_suggested_type?: (string | null)
ai_sentiment_analysis?: (string | null)
ai_satisfaction_level?: (string | null)
ai_tonality?: (string | null)
_isagentuser?: (boolean | null)
ai_survey_score?: (number | null)
ai_survey_comment?: (string | null)
freshdesk_ticket_data?: (FreshdeskTicket | null)
freshdesk_group_name?: (string | null)
freshdesk_agent_name?: (string | null)
freshdesk_agent_email?: (string | null)
freshdesk_product_name?: (string | null)
matched_kb_id_acessible_to_user?: (boolean | null)
remotesession_count?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
search_index_sync_timestamp?: (string | null)
search_index_sync_batches?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
new_whe_?: (string | null)
new_actioncode?: (number | null)
notepad?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
embedding_match_timestamp?: (string | null)
_re_index?: (boolean | null)
_fetch_matches?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
workflow_move_date_override?: (string | null)
canbevotedfor?: (boolean | null)
top_level_name?: (string | null)
isbeingclosed?: (boolean | null)
maximumRestrictedPriority?: (number | null)
idsummary?: (string | null)
scomclearance?: (string | null)
scomalertid?: (string | null)
statusseq?: (number | null)
statuscolor?: (string | null)
next_appointment_type?: (number | null)
account_manager?: (string | null)
orionalert?: (number | null)
orionnote?: (string | null)
orionwho?: (number | null)
ticketage?: (number | null)
ninja_id?: (string | null)
teams_ticket_icon?: (string | null)
lastactiondateteams?: (string | null)
useful_count?: (number | null)
notuseful_count?: (number | null)
sitepostcode?: (string | null)
mailbox?: (string | null)
userdepartments?: (string | null)
updateservicestatus?: (boolean | null)
servicestatusnote?: (string | null)
itil_requesttype_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdatetime?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddatetime?: (string | null)
closure_agent_id?: (number | null)
closed_in_integration_system?: (boolean | null)
createdfromautomationstdid?: (number | null)
ticket_tags?: (string | null)
status_change_frozen?: (boolean | null)
approval_status?: (number | null)
opp_country_name?: (string | null)
opp_region_name?: (string | null)
invoiceseperatelyoverride?: (boolean | null)
overrideticketcost?: (number | null)
budgethours?: (string | null)
created_by?: (string | null)
additional_agents?: (FaultAdditionalAgents[] | null)
client_to_invoice_to_id?: (number | null)
primary_issue?: (ExternalLinkRow | null)
primary_workitem?: (ExternalLinkRow | null)
billing_plan_text?: (string | null)
reviewed?: (boolean | null)
merged_into_id?: (number | null)
reassigncount?: (number | null)
default_appointment_summary?: (string | null)
default_appointment_details?: (string | null)
parent_status?: (number | null)
parent_agent?: (number | null)
projectcompletionpercentage?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
projectearlieststart?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
projectlatestend?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
first_responsedate?: (string | null)
oppvalue_monthly?: (number | null)
oppvalue_annual?: (number | null)
oppvalue_oneoff?: (number | null)
child_status?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_fully_closed?: (string | null)
lastaction_chargerate?: (string | null)
hover_summary?: (string | null)
ai_summary?: (string | null)
search_score?: (number | null)
first_responsetime?: (number | null)
is_closure_reminder_closure?: (boolean | null)
is_slahold_reminder_closure?: (boolean | null)
process_ai?: (boolean | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
chat_key_id?: (string | null)
_dismiss_ai_suggestions?: (number[] | null)
lookup_search?: (string | null)
agent_booking_type?: (number | null)
agent_booking?: (AppointmentFields | null)
pandadoc_attachment?: (number | null)
pandadoc_attachment_name?: (string | null)
pandadoc_attachment_url?: (string | null)
thirdparty_url?: (string | null)
security_signal_id?: (string | null)
datadog_id?: (string | null)
ai_conversation_summary?: (string | null)
incomingevent_count?: (number | null)
azure_connection_id?: (number | null)
kblinkid?: (number | null)
ticket_client_to_invoice_to_id?: (number | null)
ticket_client_to_invoice_to_name?: (string | null)
_prevent_outgoing?: (boolean | null)
dont_copy_history?: (boolean | null)
user_linked_sites?: (ExternalLinkRow[] | null)
prepay_threshold?: (PrePayThreshold | null)
automation_entity_type?: (number | null)
make_automation_entity_inactive?: (boolean | null)
is_downtime?: (boolean | null)
locked_by_agentid?: (number | null)
_forceunlock?: (boolean | null)
_is_aisuggestion_merge?: (boolean | null)
service_linked_device?: (number | null)
table?: number
agent_signature?: (string | null)
customer_signature?: (string | null)
new_agent_signature?: (string | null)
new_customer_signature?: (string | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
/**
 * How to find the user: `{ id: -1 }` takes the General User of the client.
 */
userlookup?: ({
id?: number
} | null)
/**
 * Halo answers all records of a request rather than the last. Haloflow sends one record per request, so the result is the same.
 */
returnall?: boolean
/**
 * The change advisory board that is to approve: `{ type, cab_id }`. A template with an approval is refused without it.
 */
new_approvalprocess_cab?: (CabMember | CabMember[] | null)
}
export interface FaultsTimeEntry {
id?: number
faultid?: (number | null)
actioncode?: (number | null)
time?: (number | null)
actionbillingplanid?: (number | null)
value?: (number | null)
overridden?: (boolean | null)
actualtime?: (number | null)
_warning?: (string | null)
}
export interface FaultApproval {
ticket_id?: number
purchase_order_id?: (number | null)
purchase_order_ref?: (string | null)
quote_id?: (number | null)
quote_ref?: (string | null)
startdate_timezone?: (string | null)
startdate_with_timezone?: (DateTimeZone | null)
targetdate_timezone?: (string | null)
targetdate_with_timezone?: (DateTimeZone | null)
invoice_id?: (number | null)
invoice_ref?: (string | null)
seq?: number
actionnumber?: (number | null)
emailstatus?: (number | null)
result?: (number | null)
emailaddress?: (string | null)
type?: (number | null)
agent_id?: (number | null)
user_id?: (number | null)
ticket_user_id?: (number | null)
ticket_user_name?: (string | null)
cab_id?: (number | null)
templateid?: (number | null)
name?: (string | null)
image?: (string | null)
initials?: (string | null)
colour?: (string | null)
requestor_agent_id?: (number | null)
requestor_user_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
datetime?: (string | null)
approval_process_id?: (number | null)
approval_process_name?: (string | null)
approval_process_guid?: (string | null)
approver_note?: (string | null)
requestor_name?: (string | null)
requestor_imgpath?: (string | null)
requestor_colour?: (string | null)
requestor_initials?: (string | null)
requestor_onlinestatus?: (number | null)
requestor_lastonline?: (string | null)
summary?: (string | null)
note?: (string | null)
_includeticketinresponse?: (boolean | null)
attachment_list?: (AttachmentView | null)
fields?: (RequestTypeField[] | null)
customfields?: (CustomField[] | null)
agent_name?: (string | null)
agent_initials?: (string | null)
agent_requestor_colour?: (string | null)
agent_requestor_imgpath?: (string | null)
delegated_by_uid?: (number | null)
votes_required_to_accept?: (number | null)
votes_required_to_reject?: (number | null)
is_mandatory?: (boolean | null)
_warning?: (string | null)
faresultchanged?: (number | null)
token?: (string | null)
uniqueid?: (number | null)
signature?: (string | null)
newsignatureadded?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastreminderdatetime?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
targetdate?: (string | null)
starttime?: (string | null)
targettime?: (string | null)
timetaken?: (number | null)
allow_approver_attachments?: (boolean | null)
holiday_id?: (number | null)
holiday_ref?: (string | null)
attachments?: (AttachmentFields[] | null)
admin_overridden?: (boolean | null)
admin_override_id?: (number | null)
role_id?: (number | null)
total_count?: (number | null)
send_webhook?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateapproved?: (string | null)
step_id?: (number | null)
step_name?: (string | null)
approval_inprogress?: (boolean | null)
role_name?: (string | null)
_isportalagentnote?: (boolean | null)
delegated_by_username?: (string | null)
adhoc?: (boolean | null)
}
export interface Qualification {
id?: number
guid?: (string | null)
intent?: (string | null)
name?: (string | null)
weight?: (number | null)
mustmatch?: (boolean | null)
criteria?: ({
[k: string]: unknown
}[] | null)
agents?: (UnameQualification[] | null)
agent_matched?: (boolean | null)
_domatch?: (boolean | null)
_warning?: (string | null)
}
export interface FaultToDo {
id?: number
ticket_id?: (number | null)
done?: (boolean | null)
done_by_id?: (number | null)
done_by_name?: (string | null)
text?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
actual_start?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
actual_end?: (string | null)
sequence?: (number | null)
_warning?: (string | null)
addedby?: (number | null)
group_id?: (number | null)
group_name?: (string | null)
group_seq?: (number | null)
}
export interface FaultBudget {
id?: (number | null)
ticket_id?: (number | null)
budgettype_id?: (number | null)
budgettype_name?: (string | null)
hours?: (number | null)
days?: (number | null)
rate?: (number | null)
rate_days?: (number | null)
money?: (number | null)
estimated_hours?: (number | null)
estimated_days?: (number | null)
estimated_money?: (number | null)
actual_hours?: (number | null)
actual_days?: (number | null)
actual_money?: (number | null)
scheduled_hours?: (number | null)
scheduled_days?: (number | null)
scheduled_value?: (number | null)
toschedule_hours?: (number | null)
toschedule_days?: (number | null)
toschedule_value?: (number | null)
remaining_hours?: (number | null)
remaining_days?: (number | null)
remaining_value?: (number | null)
quoteline_id?: (number | null)
_warning?: (string | null)
}
export interface Journey {
id?: number
unum?: (number | null)
faultid?: (number | null)
actionnumber?: (number | null)
description?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddate?: (string | null)
startodometer?: (number | null)
endodometer?: (number | null)
vehicle?: (string | null)
startgps?: (number | null)
endgps?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
datereimbursed?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateinvoicedmileage?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateinvoicedtraveltime?: (string | null)
ihidmileage?: (number | null)
ihidtraveltime?: (number | null)
invoiceable?: (boolean | null)
type?: (number | null)
_warning?: (string | null)
}
export interface FaultRuleMatch {
id?: number
fault_id?: (number | null)
rule_id?: (number | null)
rule_sequence?: (number | null)
_warning?: (string | null)
popupmsg?: (string | null)
}
export interface Expense {
id?: number
agent_id?: (number | null)
fault_id?: (number | null)
actionnumber?: (number | null)
description?: (string | null)
amount?: (number | null)
lookup_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_added?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_reimbursed?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_invoiced?: (string | null)
invoiceable?: (boolean | null)
ihid?: (number | null)
_warning?: (string | null)
}
export interface FaultVector {
id?: number
faultid?: (number | null)
vector?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
datesynced?: (string | null)
_warning?: (string | null)
}
export interface FaultVectorScore {
id?: number
use?: (number | null)
ticket_id?: (number | null)
matched_id?: (number | null)
search_score?: (number | null)
name?: (string | null)
client_name?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_occurred?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_closed?: (string | null)
_warning?: (string | null)
article_description?: (string | null)
article_resolution?: (string | null)
}
export interface AiSuggestionFault {
id?: number
suggestion_id?: (number | null)
ticket_id?: (number | null)
summary?: (string | null)
type?: (number | null)
new_value?: (string | null)
applied?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
applied_date?: (string | null)
_warning?: (string | null)
dismissed?: (boolean | null)
}
export interface TicketRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The ticket's subject line. All that Halo itself needs for a new ticket.
 */
summary?: (string | null)
/**
 * The description as plain text. For HTML give `details_html` instead.
 */
details?: (string | null)
/**
 * The client the ticket is for. Left out, Halo takes it from the user or its catch-all client.
 */
client_id?: (number | null)
/**
 * The site the ticket is for. Halo wants it beside `user_id`.
 */
site_id?: (number | null)
/**
 * The user (contact) who reported it. Needs `site_id` too; for nobody in particular give `userlookup: { id: -1 }`.
 */
user_id?: (number | null)
/**
 * The ticket type; see ticketTypes.list. Left out, Halo takes its default.
 */
tickettype_id?: (number | null)
/**
 * The status; see statuses.list, the numbers differ between tenants. Open appointments block closing unless `_appointment01_ok` is true.
 */
status_id?: (number | null)
/**
 * The priority: its `priorityid` (1, 2, 3, …), which belongs to the ticket's SLA.
 */
priority_id?: (number | null)
/**
 * How many are affected, as Halo numbers impacts; with `urgency` it can decide the priority.
 */
impact?: (number | null)
/**
 * How soon it is needed, as Halo numbers urgencies; with `impact` it can decide the priority.
 */
urgency?: (number | null)
/**
 * The team by name, which must exist exactly so.
 */
team?: (string | null)
/**
 * The agent who works on it. 1 is usually Unassigned.
 */
agent_id?: (number | null)
/**
 * The first category as text; levels are joined by `>`, such as `Hardware>Printer`.
 */
category_1?: (string | null)
/**
 * The second category as text.
 */
category_2?: (string | null)
/**
 * The third category as text.
 */
category_3?: (string | null)
/**
 * The fourth category as text.
 */
category_4?: (string | null)
/**
 * The first category by its number, instead of its text.
 */
categoryid_1?: (number | null)
/**
 * The second category by its number, instead of its text.
 */
categoryid_2?: (number | null)
/**
 * How it came in, as Halo numbers sources (e-mail, phone, portal, …).
 */
source?: (number | null)
/**
 * The ticket above this one.
 */
parent_id?: (number | null)
/**
 * The SLA's number.
 */
sla_id?: (number | null)
/**
 * When it begins (ISO 8601, UTC, no zone).
 */
startdate?: (string | null)
/**
 * When it is meant to be done (ISO 8601, UTC, no zone).
 */
targetdate?: (string | null)
/**
 * When it has to be done (ISO 8601, UTC, no zone).
 */
deadlinedate?: (string | null)
/**
 * When it happened. It can be set, so it is not always the time of creation (ISO 8601, UTC, no zone).
 */
dateoccurred?: (string | null)
/**
 * When the SLA wants it fixed (ISO 8601, UTC, no zone).
 */
fixbydate?: (string | null)
/**
 * The estimated effort in hours.
 */
estimate?: (number | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * Addresses to copy on e-mails, separated by commas.
 */
emailcclist?: (string | null)
/**
 * Addresses that e-mails go to, separated by commas.
 */
emailtolist?: (string | null)
/**
 * Who reported it, where that is not the user himself.
 */
reportedby?: (string | null)
/**
 * The e-mail address of the user.
 */
user_email?: (string | null)
/**
 * The supplier's number.
 */
supplier_id?: (number | null)
/**
 * The supplier's own reference.
 */
supplier_reference?: (string | null)
/**
 * The record's number in a system outside Halo.
 */
third_party_id?: (number | null)
/**
 * The record's id in a system outside Halo, as text. Stored, answered, and not shown to people.
 */
third_party_id_string?: (string | null)
/**
 * When it was closed (ISO 8601, UTC, no zone).
 */
dateclosed?: (string | null)
/**
 * The value of the opportunity.
 */
oppvalue?: (number | null)
/**
 * How likely the opportunity is won, in percent.
 */
oppconversionprobability?: (number | null)
/**
 * Whom to talk to about the opportunity.
 */
oppcontactname?: (string | null)
/**
 * The prospect's company.
 */
oppcompanyname?: (string | null)
/**
 * The prospect's e-mail address.
 */
oppemailaddress?: (string | null)
/**
 * The prospect's telephone number.
 */
opptel?: (string | null)
/**
 * The kind of opportunity, as Halo numbers kinds.
 */
opptype?: (string | null)
/**
 * The stage of the sales pipeline.
 */
pipeline_stage_id?: (number | null)
/**
 * The project's budget in hours.
 */
projecttimebudget?: (number | null)
/**
 * The project's budget in money.
 */
projectmoneybudget?: (number | null)
/**
 * Whether the ticket is flagged.
 */
flagged?: (boolean | null)
/**
 * Whether it concerns a very important person or client.
 */
is_vip?: (boolean | null)
/**
 * The client's purchase order.
 */
purchaseordernumber?: (string | null)
/**
 * The agent's name. Answered by Halo, not needed in writes.
 */
agent_name?: (string | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The name of the status. Answered by Halo when asked.
 */
status_name?: (string | null)
/**
 * The name of the ticket type. Answered by Halo when asked.
 */
tickettype_name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * The user's name. Answered by Halo, not needed in writes.
 */
user_name?: (string | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * True hides the record from lists and choices; the usual way to retire it without deleting.
 */
inactive?: (boolean | null)
/**
 * The name of the priority. Answered by Halo when asked.
 */
priority_name?: (string | null)
/**
 * Time spent on the ticket, in hours. Answered by Halo; time is added by actions.
 */
timetaken?: (number | null)
/**
 * Whether the SLA clock stands still.
 */
onhold?: (boolean | null)
/**
 * When the SLA's response was made (ISO 8601, UTC, no zone).
 */
responsedate?: (string | null)
/**
 * The SLA's name. Answered by Halo.
 */
sla_name?: (string | null)
/**
 * The workflow that runs on it.
 */
workflow_id?: (number | null)
categoryid_3?: (number | null)
categoryid_4?: (number | null)
category_1_display?: (string | null)
category_2_display?: (string | null)
category_3_display?: (string | null)
category_4_display?: (string | null)
estimatedays?: (number | null)
projecttimepercentage?: (number | null)
chargehours?: (number | null)
nonchargehours?: (number | null)
travelhours?: (number | null)
totalmileage?: (number | null)
itemsprice?: (number | null)
items?: (string | null)
supplier_name?: (string | null)
child_count?: (number | null)
child_count_open?: (number | null)
attachment_count?: (number | null)
read?: (boolean | null)
enduserstatus?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
respondbydate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
responsestartdate?: (string | null)
slaresponsestate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
dateassigned?: (string | null)
excludefromsla?: (boolean | null)
slaholdtime?: (number | null)
site_timezone?: (string | null)
parentguid?: (string | null)
parentassign?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
slaactiondate?: (string | null)
slapercused?: (number | null)
slatimeleft?: (number | null)
currentelapsedhours?: (number | null)
/**
 * When the last action was made (ISO 8601, UTC, no zone).
 */
lastactiondate?: (string | null)
/**
 * When it was last changed (ISO 8601, UTC, no zone).
 */
last_update?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastchildactiondate?: (string | null)
organisation_id?: (number | null)
department_id?: (number | null)
emailtolistsupplier?: (string | null)
emailcclistsupplier?: (string | null)
matched_kb_id?: (number | null)
release_note?: (string | null)
product_id?: (number | null)
release_id?: (number | null)
release_name?: (string | null)
release2_id?: (number | null)
release2_name?: (string | null)
release3_id?: (number | null)
release3_name?: (string | null)
child_ticket_id_string?: (string | null)
asset_key_field_string?: (string | null)
asset_type_name?: (string | null)
workflow_name?: (string | null)
workflow_stage?: (string | null)
workflow_stage_id?: (number | null)
workflow_stage_number?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
lastincomingemail?: (string | null)
child_ticket_ids?: (number[] | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextactivitydate?: (string | null)
/**
 * The asset tag: the number by which people know the asset.
 */
inventory_number?: (string | null)
workflow_step?: (number | null)
workflow_seq?: (number | null)
pipeline_stage_name?: (string | null)
/**
 * Whether the ticket is closed, whatever the status is called.
 */
hasbeenclosed?: (boolean | null)
unread_child_action_count?: (number | null)
unread_related_action_count?: (number | null)
child_action_count?: (number | null)
parent_subject?: (string | null)
related_action_count?: (number | null)
isimportantcontact?: (boolean | null)
startdate_timezone?: (string | null)
startdate_with_timezone?: (DateTimeZone | null)
starttime?: (string | null)
starttimeslot?: (number | null)
targetdate_timezone?: (string | null)
targetdate_with_timezone?: (DateTimeZone | null)
targettime?: (string | null)
targettimeslot?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
followupdate?: (string | null)
oppcustomertitle?: (string | null)
oppaddr1?: (string | null)
oppaddr2?: (string | null)
oppaddr3?: (string | null)
oppaddr4?: (string | null)
opppostcode?: (string | null)
oppcountry?: (string | null)
oppregion?: (string | null)
oppvalueadjusted?: (number | null)
oppprofit?: (number | null)
oppcurrentsystem?: (string | null)
oppcompetitors?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
opptrialdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
oppdemodate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
oppdiscountdate?: (string | null)
oppattemptsmade?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
oppconverteddate?: (string | null)
oppproductchosen?: (string | null)
oppreason?: (string | null)
opphear?: (string | null)
opptimezonename?: (string | null)
oppclosurecategory?: (number | null)
cost?: (number | null)
quantity?: (number | null)
projecttimeactual?: (number | null)
projectmoneyactual?: (number | null)
lastnote?: (string | null)
userdef1?: (string | null)
userdef2?: (string | null)
userdef3?: (string | null)
userdef4?: (string | null)
userdef5?: (string | null)
release_important?: (boolean | null)
releasenotegroup_name?: (string | null)
releasenotegroup_id?: (number | null)
supplier_status?: (number | null)
contract_refextra?: (string | null)
appointment_type?: (number | null)
timeentries?: (FaultsTimeEntry[] | null)
section_timezone?: (string | null)
itilname?: (string | null)
related_service_descriptions?: (string | null)
related_service_category_names?: (string | null)
projectinternaltask?: (boolean | null)
appointment_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
nextappointmentdate?: (string | null)
/**
 * The given name.
 */
firstname?: (string | null)
lastname?: (string | null)
connectedinstance_id?: (number | null)
web_url?: (string | null)
api_url?: (string | null)
action_number?: (number | null)
action_ticket_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
action_datetime?: (string | null)
action_outcome?: (string | null)
action_chargerate?: (string | null)
action_contract_ref?: (string | null)
action_note?: (string | null)
ticket_invoices_for_each_site?: (boolean | null)
salesorder_id?: (number | null)
orderhead_id?: (number | null)
budgettype?: (string | null)
requesttype_name?: (string | null)
recalculate_billing?: (boolean | null)
impactlevel?: (number | null)
pr_id?: (number | null)
branch_id?: (number | null)
branch_name?: (string | null)
update_milestone_id?: (number | null)
milestone_id?: (number | null)
milestone_name?: (string | null)
milestone_value?: (number | null)
milestone_sequence?: (number | null)
milestone_status?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
milestone_startdate?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
milestone_enddate?: (string | null)
email_message_id?: (string | null)
guid?: (string | null)
action_agent_name?: (string | null)
canbevotedfor?: (boolean | null)
top_level_name?: (string | null)
isbeingclosed?: (boolean | null)
maximumRestrictedPriority?: (number | null)
idsummary?: (string | null)
scomclearance?: (string | null)
scomalertid?: (string | null)
statusseq?: (number | null)
statuscolor?: (string | null)
next_appointment_type?: (number | null)
account_manager?: (string | null)
orionalert?: (number | null)
orionnote?: (string | null)
orionwho?: (number | null)
product_key?: (string | null)
ticketage?: (number | null)
ninja_id?: (string | null)
teams_ticket_icon?: (string | null)
lastactiondateteams?: (string | null)
useful_count?: (number | null)
notuseful_count?: (number | null)
sitepostcode?: (string | null)
mailbox?: (string | null)
userdepartments?: (string | null)
updateservicestatus?: (boolean | null)
servicestatusnote?: (string | null)
itil_requesttype_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdatetime?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
enddatetime?: (string | null)
closure_agent_id?: (number | null)
closed_in_integration_system?: (boolean | null)
newrelic_id?: (string | null)
createdfromautomationstdid?: (number | null)
ticket_tags?: (string | null)
status_change_frozen?: (boolean | null)
approval_status?: (number | null)
opp_country_name?: (string | null)
opp_region_name?: (string | null)
invoiceseperatelyoverride?: (boolean | null)
overrideticketcost?: (number | null)
budgethours?: (string | null)
created_by?: (string | null)
additional_agents?: (FaultAdditionalAgents[] | null)
client_to_invoice_to_id?: (number | null)
primary_issue?: (ExternalLinkRow | null)
primary_workitem?: (ExternalLinkRow | null)
billing_plan_text?: (string | null)
reviewed?: (boolean | null)
merged_into_id?: (number | null)
reassigncount?: (number | null)
default_appointment_summary?: (string | null)
default_appointment_details?: (string | null)
parent_status?: (number | null)
parent_agent?: (number | null)
projectcompletionpercentage?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
projectearlieststart?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
projectlatestend?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
first_responsedate?: (string | null)
product_name?: (string | null)
oppvalue_monthly?: (number | null)
oppvalue_annual?: (number | null)
oppvalue_oneoff?: (number | null)
child_status?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date_fully_closed?: (string | null)
lastaction_chargerate?: (string | null)
hover_summary?: (string | null)
slatimeelapsed?: (number | null)
ai_summary?: (string | null)
search_score?: (number | null)
table?: number
primary_service_name?: (string | null)
agent_signature?: (string | null)
customer_signature?: (string | null)
new_agent_signature?: (string | null)
new_customer_signature?: (string | null)
ticket_client_to_invoice_to_id?: (number | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
_importtype?: (string | null)
new_external_link?: (ExternalLinkRow | null)
}
export interface EcommerceOrderFault {
id?: (number | null)
eo_id?: (number | null)
ticket_id?: (number | null)
third_party_order_id?: (string | null)
third_party_order_url?: (string | null)
}
export interface WorkflowHistory {
id?: number
ticket_id?: (number | null)
moved_from?: (number | null)
moved_to?: (number | null)
flow_id?: (number | null)
moved_from_stage?: (number | null)
moved_to_stage?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
moved_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
target_date?: (string | null)
target_hours?: (number | null)
actual_hours?: (number | null)
target_met?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
override_date?: (string | null)
summary?: (string | null)
action_id?: (number | null)
}
export interface GoogleBusinessReview {
name?: (string | null)
reviewId?: (string | null)
reviewer?: ({
[k: string]: unknown
} | null)
starRating?: (string | null)
comment?: (string | null)
createTime?: (string | null)
updateTime?: (string | null)
reviewReply?: ({
[k: string]: unknown
} | null)
gbdid?: (number | null)
starRating_int?: (number | null)
}
export interface GoogleBusinessQuestion {
name?: (string | null)
author?: ({
[k: string]: unknown
} | null)
upvoteCount?: (number | null)
text?: (string | null)
createTime?: (string | null)
updateTime?: (string | null)
totalAnswerCount?: (number | null)
topAnswers?: ({
[k: string]: unknown
}[] | null)
gbdid?: (number | null)
}
export interface FaultsDateDependencies {
id?: number
parentfaultid?: (number | null)
faultid?: (number | null)
dependentfaultid?: (number | null)
_warning?: (string | null)
applied_from_template?: (boolean | null)
}
export interface ViewColumnsDetails {
id?: number
columns_id?: (number | null)
column_seq?: (number | null)
column_name?: (string | null)
width?: (number | null)
order_seq?: (number | null)
order_desc?: (boolean | null)
column_title_override?: (string | null)
groupbystatus?: (number | null)
columns_guid?: (string | null)
}
export interface FaultOLA {
id?: number
fault_id?: (number | null)
target_id?: (number | null)
target_name?: (string | null)
target_hours?: (number | null)
actual_hours?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
target_date?: (string | null)
target_met?: (boolean | null)
status?: (number | null)
dates?: ({
[k: string]: unknown
}[] | null)
target?: ({
[k: string]: unknown
} | null)
/**
 * ISO 8601, UTC, no zone.
 */
start_date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
pause_date?: (string | null)
_warning?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
end_date?: (string | null)
}
export interface FreshdeskTicket {
id?: number
attachments?: ({
[k: string]: unknown
}[] | null)
cc_emails?: (string[] | null)
company_id?: (number | null)
deleted?: (boolean | null)
description?: (string | null)
description_text?: (string | null)
due_by?: (string | null)
email?: (string | null)
email_config_id?: (number | null)
facebook_id?: (string | null)
fr_due_by?: (string | null)
fr_escalated?: (boolean | null)
fwd_emails?: (string[] | null)
group_id?: (number | null)
is_escalated?: (boolean | null)
name?: (string | null)
phone?: (string | null)
priority?: (number | null)
product_id?: (number | null)
reply_cc_emails?: (string[] | null)
requester_id?: (number | null)
responder_id?: (number | null)
source?: (number | null)
spam?: (boolean | null)
status?: (number | null)
subject?: (string | null)
tags?: (string | null)
to_emails?: (string[] | null)
twitter_id?: (string | null)
type?: (string | null)
created_at?: (string | null)
updated_at?: (string | null)
requester?: ({
[k: string]: unknown
} | null)
stats?: ({
[k: string]: unknown
} | null)
company?: ({
[k: string]: unknown
} | null)
sla_policy?: ({
[k: string]: unknown
} | null)
custom_fields?: ({
[k: string]: unknown
} | null)
association_type?: (number | null)
associated_tickets_list?: (number[] | null)
}
export interface KnowledgeBaseArticlesGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * The language of the articles, such as `en`.
 */
language_code?: string
/**
 * Answers this language instead of the caller's own.
 */
language_override?: string
/**
 * Only records of this organisation of the MSP.
 */
organisation_id?: number
}
export interface KnowledgeBaseArticlesListInput {
/**
 * Only articles that this client may read.
 */
client_id?: number
/**
 * Only records of this site.
 */
site_id?: number
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * The kind of article, by name.
 */
articletype?: string
/**
 * Only records that concern this asset.
 */
device_id?: number
/**
 * Only articles in these FAQ lists: numbers separated by commas.
 */
faqlists?: string
/**
 * False leaves active records out; useful with `includeinactive`.
 */
includeactive?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * A key that gives access to an article without a login.
 */
key?: string
/**
 * The language of the articles, such as `en`.
 */
language_code?: string
/**
 * Answers this language instead of the caller's own.
 */
language_override?: string
/**
 * Only articles whose review is due.
 */
needsreview?: string
/**
 * Only records of this organisation of the MSP.
 */
organisation_id?: number
/**
 * Only articles related to this article.
 */
related_to?: number
/**
 * Only articles related to this ticket.
 */
related_to_ticket?: number
/**
 * The kind of article, as Halo numbers kinds.
 */
type?: number
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface QuoteFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The quote's title.
 */
title?: (string | null)
/**
 * The client the quote is for.
 */
client_id?: (number | null)
/**
 * The site's number.
 */
site_id?: (number | null)
/**
 * The user's number: a contact at the client, not an agent.
 */
user_id?: (number | null)
/**
 * The ticket's number.
 */
ticket_id?: (number | null)
/**
 * The agent's number. 1 is usually Unassigned.
 */
agent_id?: (number | null)
/**
 * The status, as Halo numbers it.
 */
status?: (number | null)
/**
 * The day it was made out (ISO 8601, UTC, no zone).
 */
date?: (string | null)
/**
 * Until when the offer stands (ISO 8601, UTC, no zone).
 */
expiry_date?: (string | null)
/**
 * Free text.
 */
note?: (string | null)
/**
 * What is offered, in words.
 */
scope?: (string | null)
/**
 * The client's purchase order.
 */
po_ref?: (string | null)
/**
 * The client's purchase order number.
 */
ponumber?: (string | null)
/**
 * The currency's number.
 */
currency?: (string | null)
/**
 * The lines: `[{ item_id, description, baseprice, … }]`.
 */
lines?: (QuoteLine[] | null)
/**
 * Whether the client has accepted, as Halo numbers it.
 */
approvalstate?: (number | null)
/**
 * Who accepted it.
 */
approvalname?: (string | null)
/**
 * The e-mail address of who accepted it.
 */
approvalemailaddress?: (string | null)
/**
 * The template that it is printed with.
 */
pdftemplate_id?: (number | null)
/**
 * The postal address.
 */
address?: (Address | null)
/**
 * Where it is delivered.
 */
delivery_address?: (Address | null)
/**
 * The status that the ticket gets with this write.
 */
new_ticket_status?: (number | null)
/**
 * Custom fields: `[{ id, value }]`, or `[{ name, value }]` with the internal name (`CF…`). List fields take the number of the choice.
 */
customfields?: (CustomField[] | null)
/**
 * The client's name. Answered by Halo, not needed in writes.
 */
client_name?: (string | null)
/**
 * The site's name. Answered by Halo, not needed in writes.
 */
site_name?: (string | null)
/**
 * The total with tax. Answered by Halo.
 */
total?: (number | null)
use?: (string | null)
revenue?: (number | null)
tax_total?: (number | null)
carriage_desc?: (string | null)
carriage_price?: (number | null)
tax_total_estimate?: (number | null)
auth_by?: (string | null)
user?: (UserFields | null)
/**
 * The user's name. Answered by Halo, not needed in writes.
 */
user_name?: (string | null)
risk?: (string | null)
qr2filename?: (string | null)
assigned_agent?: (number | null)
assigned_agent_name?: (string | null)
includegroupeditemprice?: (boolean | null)
includegroupeditemqty?: (boolean | null)
daystodeliver?: (number | null)
currency_code?: (number | null)
currency_code_name?: (string | null)
currency_conversion_rate?: (number | null)
includequotationlinenotes?: (boolean | null)
includegrouppriceandqty?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
approvaldatetime?: (string | null)
approvalnote?: (string | null)
_validateonly?: (boolean | null)
_print_preview?: (boolean | null)
_print_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
pdftemplate_name?: (string | null)
_create_so?: (boolean | null)
salesorder_id?: (number | null)
salesorder?: (SalesOrder | null)
signature?: (string | null)
createdbyagentname?: (string | null)
quote_viewed?: (boolean | null)
canned_text_id?: (number | null)
canned_text_name?: (string | null)
canned_text?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_update_time?: (string | null)
images?: (AttachmentRowFields[] | null)
internal_approval_status?: (number | null)
approval_start?: (boolean | null)
internal_approvalagent?: (number | null)
internal_approvalemailaddress?: (string | null)
internal_approvalnote?: (string | null)
internal_approvalagentid?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
internal_approvaldatetime?: (string | null)
requires_approval?: (boolean | null)
ticket_summary?: (string | null)
ticket_note?: (string | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
datto_commerce_id?: (number | null)
datto_commerce_url?: (string | null)
third_party_url?: (string | null)
dattocommerce_clientid?: (number | null)
dattocommerce_contactname?: (string | null)
dattocommerce_contactemail?: (string | null)
deliveryamount?: (number | null)
dattocommerce_tenantid?: (number | null)
deliverytax?: (number | null)
dontupdateporef?: (boolean | null)
can_approve?: (boolean | null)
linked_pdf_list_append?: (QuotationHeaderPdf[] | null)
linked_pdf_list_prepend?: (QuotationHeaderPdf[] | null)
automatic_sales_tax?: (boolean | null)
contactuser?: (number | null)
contactusername?: (string | null)
new_external_link?: (ExternalLinkRow | null)
external_links?: (ExternalLinkRow[] | null)
third_party_number?: (string | null)
intacct_class?: (string | null)
intacct_class_name?: (string | null)
intacct_save_location?: (string | null)
is_leased?: (boolean | null)
term_limit?: (number | null)
margin?: (number | null)
_warning?: (string | null)
billingcontactname?: (string | null)
billingcontactemailaddress?: (string | null)
billingcontactphonenumber?: (string | null)
so_number?: (string | null)
use_ticket_approval?: (boolean | null)
approval_process_id?: (number | null)
new_approvalprocess_agent_id?: (number | null)
new_approvalprocess_user_id?: (number | null)
new_approvalprocess_users?: (UserRowFields[] | null)
new_approvalprocess_email?: (string | null)
new_approvalprocess_cab_id?: (number | null)
new_approvalprocess_cab?: (CabMember[] | null)
site_delivery_override?: (number | null)
address1?: (string | null)
address2?: (string | null)
address3?: (string | null)
address4?: (string | null)
address5?: (string | null)
deladdress1?: (string | null)
deladdress2?: (string | null)
deladdress3?: (string | null)
deladdress4?: (string | null)
deladdress5?: (string | null)
workflow_history?: (WorkflowHistory[] | null)
workflow_step?: (number | null)
workflow_id?: (number | null)
_isclone?: (boolean | null)
_originalid?: (number | null)
_customisepdf?: (boolean | null)
is_customised_pdf?: (boolean | null)
customisedpdf?: (PdfTemplate | null)
new_approvalprocess_role_id?: (number | null)
is_quote_screen?: (boolean | null)
_novalidate?: (boolean | null)
avalara_details_id?: (number | null)
adobe_details_id?: (number | null)
avalara_details_name?: (string | null)
_startthirdpartysign?: (boolean | null)
_hasadobesignopen?: (boolean | null)
top_level_purchase_currency_code?: (number | null)
tree_purchase_currency?: (Currency | null)
_updatepurchasecurrency?: (boolean | null)
_dotaxsync?: (boolean | null)
site?: (SiteFields | null)
originaddress?: (Address | null)
originaddress1?: (string | null)
originaddress2?: (string | null)
originaddress3?: (string | null)
originaddress4?: (string | null)
originaddress5?: (string | null)
table?: number
portal_display_type?: (number | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
_revision_from_id?: (number | null)
user_approval_unavailable?: (boolean | null)
_remove_zero_quantity_lines?: (boolean | null)
original_revised_from_id?: (number | null)
quoteapprovalfields?: (RequestTypeField[] | null)
custombuttons?: (CustomButton[] | null)
extratabs?: (Tabname[] | null)
/**
 * The name of the status. Answered by Halo when asked.
 */
status_name?: (string | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
}
export interface QuoteLine {
id?: number
sort_seq?: (number | null)
group_sort_seq?: (number | null)
productcode?: (string | null)
name?: (string | null)
costprice?: (number | null)
total_price_monthly?: (number | null)
total_price_monthly_converted?: (number | null)
total_net_total_monthly?: (number | null)
total_costprice_monthly?: (number | null)
total_profit_monthly?: (number | null)
total_tax_monthly?: (number | null)
total_discount_monthly?: (number | null)
total_price_annual?: (number | null)
total_price_annual_converted?: (number | null)
total_net_total_annual?: (number | null)
total_costprice_annual?: (number | null)
total_profit_annual?: (number | null)
total_tax_annual?: (number | null)
total_discount_annual?: (number | null)
total_price_yearone?: (number | null)
total_price_yearone_converted?: (number | null)
total_net_total_yearone?: (number | null)
total_costprice_yearone?: (number | null)
total_profit_yearone?: (number | null)
total_tax_yearone?: (number | null)
total_discount_yearone?: (number | null)
qhid?: (number | null)
item_id?: (number | null)
note?: (string | null)
note_hidden?: (boolean | null)
servicefee?: (number | null)
recovery?: (number | null)
margin?: (number | null)
billingperiod?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
startdate?: (string | null)
autorenew?: (boolean | null)
item_recurring?: (boolean | null)
item_taxable?: (boolean | null)
group_id?: (number | null)
printitem?: (boolean | null)
isgroupdesc?: (boolean | null)
discount_perc?: (number | null)
supplier_id?: (number | null)
supplier_name?: (string | null)
optional?: (boolean | null)
approval_status?: (number | null)
cost_centre?: (number | null)
stock_location?: (number | null)
item_internal_reference?: (string | null)
item_external_reference?: (string | null)
description?: (string | null)
item_tax_name?: (string | null)
quoteitemurl?: (string | null)
addedtorecurring?: (boolean | null)
addedtononrecurring?: (boolean | null)
_warning?: (string | null)
assetgroup_id?: (number | null)
maxitemdiscount?: (number | null)
line_site_id?: (number | null)
site_name?: (string | null)
line_periods?: (number | null)
hideitems?: (boolean | null)
ignoretaxcalc?: (boolean | null)
current_quantity?: (number | null)
current_price?: (number | null)
current_net_price?: (number | null)
isleased?: (boolean | null)
stockbin_id?: (number | null)
quoter_id?: (string | null)
is_bundled_line?: (boolean | null)
optional_line_quantity_change?: (number | null)
created_from_group_id?: (number | null)
customfields?: (CustomField[] | null)
chargerates?: (Lookup[] | null)
budgets?: (FaultBudget[] | null)
item_template?: (number | null)
item_contract?: (boolean | null)
hide_grouped_items_price?: (boolean | null)
nominal_code?: (string | null)
one_optional_mandatory?: (KeyPair[] | null)
one_optional_mandatory_list?: (string | null)
force_quantity_relationship?: (boolean | null)
force_price_relationship?: (boolean | null)
force_term_relationship?: (boolean | null)
price_calculation_formula?: (string | null)
purchase_currency_code?: (number | null)
cost_converted?: (number | null)
purchase_currency_code_name?: (string | null)
purchase_currency_symbol?: (string | null)
purchase_conversion_rate?: (number | null)
stocklocation_id?: (number | null)
net_total?: (number | null)
total_tax_converted?: (number | null)
tax_converted?: (number | null)
new_external_link?: (ExternalLinkRow | null)
external_link?: (ExternalLinkRow | null)
item_tax_code?: (number | null)
baseprice_converted?: (number | null)
unitprice_converted?: (number | null)
override_tax_code?: (number | null)
baseprice?: (number | null)
total_tax?: (number | null)
total_price?: (number | null)
total_discount?: (number | null)
conversion_rate?: (number | null)
discount_converted?: (number | null)
net_amount_converted?: (number | null)
total_price_converted?: (number | null)
_importtype?: (string | null)
_isimport?: (boolean | null)
tax_name?: (string | null)
taxRuleResult?: ({
[k: string]: unknown
}[] | null)
decimalplacesforinvoices?: (number | null)
total_net_total?: (number | null)
exclude_auto_increase?: (boolean | null)
auto_increase_period?: (number | null)
percent_increase?: (number | null)
use_rpi_increase?: (boolean | null)
ingram_quote?: (string | null)
hubspot_id?: (string | null)
}
export interface SalesOrder {
id?: number
customfields?: (CustomField[] | null)
use?: (string | null)
title?: (string | null)
ticket_id?: (number | null)
user_id?: (number | null)
user_name?: (string | null)
site_id?: (number | null)
site_name?: (string | null)
client_id?: (number | null)
client_name?: (string | null)
client_to_invoice_to_id?: (number | null)
assigned_agent?: (number | null)
assigned_agent_name?: (string | null)
open_status?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
date?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
ship_date?: (string | null)
revenue?: (number | null)
tax_total?: (number | null)
total?: (number | null)
cost?: (number | null)
profit?: (number | null)
note?: (string | null)
po_number?: (string | null)
createdby_agent_id?: (number | null)
deliverby?: (number | null)
summary?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
datereceived?: (string | null)
numberbottles?: (number | null)
ship_status?: (string | null)
soldby?: (number | null)
accountsref?: (string | null)
status?: (number | null)
leadsource?: (number | null)
canvasser?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
invoice_date?: (string | null)
invoicenumber?: (string | null)
includegroupeditemprice?: (boolean | null)
includegroupeditemqty?: (boolean | null)
currency?: (string | null)
currency_code?: (number | null)
currency_code_name?: (string | null)
currency_conversion_rate?: (number | null)
quotation_id?: (number | null)
consignment_id?: (number | null)
do_not_invoice?: (boolean | null)
closeandconsignwhenpoprocessed?: (boolean | null)
lines?: ({
[k: string]: unknown
}[] | null)
add_lines?: ({
[k: string]: unknown
}[] | null)
_cancel_reserve?: (boolean | null)
_validateonly?: (boolean | null)
_print_preview?: (boolean | null)
_print_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
pdftemplate_id?: (number | null)
pdftemplate_name?: (string | null)
purchaseorder_count?: (number | null)
invoice_count?: (number | null)
percentage_invoiced?: (number | null)
outstanding_total?: (number | null)
_create_po?: (boolean | null)
_create_invoice?: (boolean | null)
_create_invoice_method?: (number | null)
_create_invoice_percentage?: (number | null)
_create_invoice_amount?: (number | null)
_create_invoice_qty?: (number | null)
_create_invoice_lines?: ({
[k: string]: unknown
}[] | null)
_create_invoice_line_description?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
_create_invoice_invoice_date?: (string | null)
_return_invoice?: (boolean | null)
createdbyagentname?: (string | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_update_time?: (string | null)
_warning?: (string | null)
_distributorMessage?: (string | null)
project_faultid?: (number | null)
order_project_template_id?: (number | null)
order_project_template_name?: (string | null)
_iscopy?: (boolean | null)
includegrouppriceandqty?: (boolean | null)
costperweight?: (number | null)
showpercentageinvoiced?: (boolean | null)
linked_to_opportunity?: (boolean | null)
linked_to_ticket?: (boolean | null)
linked_to_project?: (boolean | null)
intacct_class?: (string | null)
intacct_class_name?: (string | null)
intacct_save_location?: (string | null)
override_delivery_address?: (boolean | null)
deladdress1?: (string | null)
deladdress2?: (string | null)
deladdress3?: (string | null)
deladdress4?: (string | null)
deladdress5?: (string | null)
delivery_address?: (Address | null)
_isimport?: (boolean | null)
_importtype?: (string | null)
new_external_link?: (ExternalLinkRow | null)
external_links?: (ExternalLinkRow[] | null)
dattocommerce_clientid?: (number | null)
dattocommerce_contactname?: (string | null)
dattocommerce_contactemail?: (string | null)
deliveryamount?: (number | null)
deliverytax?: (number | null)
is_so_screen?: (boolean | null)
_novalidate?: (boolean | null)
avalara_details_id?: (number | null)
avalara_details_name?: (string | null)
_dotaxsync?: (boolean | null)
originaddress?: (Address | null)
originaddress1?: (string | null)
originaddress2?: (string | null)
originaddress3?: (string | null)
originaddress4?: (string | null)
originaddress5?: (string | null)
_match_thirdparty_id?: (string | null)
_match_integration_id?: (number | null)
_match_integration_name?: (string | null)
custombuttons?: (CustomButton[] | null)
extratabs?: (Tabname[] | null)
_importtypeid?: (number | null)
_importthirdpartyid?: (string | null)
}
export interface QuotationHeaderPdf {
id?: (number | null)
desc?: (string | null)
uniqueid?: (number | null)
quotationheaderid?: (number | null)
prepend?: (boolean | null)
}
export interface PdfTemplate {
id?: number
name?: (string | null)
type?: (number | null)
description?: (string | null)
orientation?: (number | null)
margin?: (number | null)
default_mainhtml?: (string | null)
default_subhtml?: (string | null)
default_subhtml2?: (string | null)
default_subhtml3?: (string | null)
includeheader?: (boolean | null)
headerl?: (string | null)
headerc?: (string | null)
headerr?: (string | null)
headerishtml?: (boolean | null)
headerheight?: (number | null)
headerhtml?: (string | null)
includefooter?: (boolean | null)
footerl?: (string | null)
footerc?: (string | null)
footerr?: (string | null)
footerishtml?: (boolean | null)
footerheight?: (number | null)
footerhtml?: (string | null)
colour?: (string | null)
colour_type?: (number | null)
backgroundimageurl?: (string | null)
width?: (number | null)
config_source_type?: (number | null)
config_url?: (string | null)
reportingperiod?: (number | null)
system_use?: (string | null)
detailcolumns?: ({
[k: string]: unknown
}[] | null)
pages?: ({
[k: string]: unknown
}[] | null)
is_preview?: (boolean | null)
is_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
pdf_attachment_link?: (string | null)
quotation?: (QuoteFields | null)
salesorder?: (SalesOrder | null)
purchaseorder?: (PurchaseOrder | null)
invoice?: (InvoiceFields | null)
contract?: (ContractFields | null)
report?: (ReportFields | null)
consignment?: (ConsignmentHeader | null)
reports?: ({
[k: string]: unknown
}[] | null)
composite_report_apid?: (number | null)
canbeaccessedbyallusers?: (boolean | null)
permissions_user?: (UserAnalyzer[] | null)
schedule?: (TemplateRow[] | null)
clientid?: (number | null)
licencename?: (string | null)
library_id?: (number | null)
image_attachment_id?: (number | null)
pagewidthinches?: (number | null)
pageheightinches?: (number | null)
icon_base64?: (string | null)
icon?: (string | null)
kbentry?: (KnowledgeBaseArticleFields | null)
showinlineimage?: (boolean | null)
pdf_media_type?: (number | null)
asset?: (AssetFields | null)
prefix_pdf_attachment_id?: (number | null)
prefixpdfappend?: (boolean | null)
iscustomised?: (boolean | null)
show_bundled_lines?: (number | null)
_warning?: (string | null)
override_attachment_name?: (string | null)
_xmlwarning?: (string | null)
portal_display_type?: (number | null)
bulkprint_asset_id_list?: (number[] | null)
invoicexmltemplate?: (number | null)
pdftinvoicexmltemplate_name?: (string | null)
}
export interface ReportFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The report's name.
 */
name?: (string | null)
/**
 * What the report shows.
 */
description?: (string | null)
/**
 * One SELECT without semicolon; Halo runs it as a derived table.
 */
sql?: (string | null)
/**
 * The kind of report, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * The group it is listed in.
 */
group_id?: (number | null)
/**
 * The data source it is made from.
 */
datasource_id?: (number | null)
/**
 * The only client it is for.
 */
client_id?: (number | null)
/**
 * The period it covers, as Halo numbers periods.
 */
reportingperiod?: (number | null)
/**
 * The start of the period, where a chosen one is meant (ISO 8601, UTC, no zone).
 */
reportingperiodstartdate?: (string | null)
/**
 * The end of the period, where a chosen one is meant (ISO 8601, UTC, no zone).
 */
reportingperiodenddate?: (string | null)
/**
 * The column that the period acts on.
 */
reportingperioddatefield?: (string | null)
/**
 * The kind of chart, as Halo numbers kinds.
 */
charttype?: (number | null)
/**
 * The title of the chart.
 */
charttitle?: (string | null)
/**
 * The column along the chart's x-axis.
 */
xaxis?: (string | null)
/**
 * The column along the chart's y-axis.
 */
yaxis?: (string | null)
/**
 * Which columns are shown.
 */
columns?: (AnalyzerProfileColumn[] | null)
/**
 * What readers can narrow the rows by.
 */
filters?: (AnalyzerFilter[] | null)
/**
 * The conditions that rows must meet.
 */
conditions?: (AnalyzerFilter[] | null)
/**
 * Whether every agent may read it.
 */
canbeaccessedbyallusers?: (boolean | null)
/**
 * Whether only chosen agents may read it.
 */
restrictaccess?: (boolean | null)
/**
 * Whether it has a public address.
 */
is_published?: (boolean | null)
/**
 * How it is published, as Halo numbers it.
 */
publish_type?: (number | null)
/**
 * The external API query it reads from.
 */
apiquery_id?: (number | null)
/**
 * When it is e-mailed.
 */
schedule?: (TemplateRow[] | null)
/**
 * The agents who may read it, where not all.
 */
permissions_agent?: (UnameAnalyzer[] | null)
/**
 * True runs the SQL and saves nothing; reports.preview does that.
 */
_loadreportonly?: (boolean | null)
/**
 * True only checks the SQL.
 */
_testonly?: (boolean | null)
/**
 * The rows and columns of a run. Answered by Halo.
 */
report?: (ReportContent | null)
availablefields?: (string | null)
selectedfields?: (string | null)
sqlid?: (number | null)
xaxiscaption?: (string | null)
yaxiscaption?: (string | null)
graphorderby?: (string | null)
graphorder?: (number | null)
count?: (boolean | null)
sum?: (boolean | null)
average?: (boolean | null)
averageaspercentage?: (boolean | null)
showgraphvalues?: (boolean | null)
client?: (string | null)
builtinid?: (boolean | null)
seriestype1?: (number | null)
seriestype2?: (number | null)
seriestype3?: (number | null)
seriestype4?: (number | null)
seriestype5?: (number | null)
yaxis1?: (string | null)
yaxis2?: (string | null)
yaxis3?: (string | null)
yaxis4?: (string | null)
yaxis5?: (string | null)
stackbars?: (boolean | null)
includesummary?: (boolean | null)
timezonename?: (string | null)
onlyshowsummaries?: (boolean | null)
usetechlink?: (boolean | null)
published_id?: (string | null)
sqlhasdatefilter?: (boolean | null)
usesdynamicsql?: (boolean | null)
available_columns?: (AnalyzerProfileColumn[] | null)
filterable_columns?: (AnalyzerProfileColumn[] | null)
filterable_columns_conditions?: (AnalyzerProfileColumn[] | null)
permissions_user?: (UserAnalyzer[] | null)
local_library_id?: (number | null)
is_onlinerepository_report?: (boolean | null)
get_reportfield_values?: (string | null)
get_reportcondition_values?: (string | null)
filter_lookup_values?: (KeyPair2[] | null)
previous_report?: (ReportContent | null)
_testchart?: (boolean | null)
_print_preview?: (boolean | null)
_print_generate?: (boolean | null)
_xls_generate?: (boolean | null)
_json_generate?: (boolean | null)
printhtml?: (string | null)
pdf_attachment_id?: (number | null)
xls_attachment_id?: (number | null)
xls_attachment_link?: (string | null)
csv_attachment_id?: (number | null)
csv_attachment_link?: (string | null)
json_attachment_id?: (number | null)
json_attachment_link?: (string | null)
pdftemplate_id?: (number | null)
pdftemplate_name?: (string | null)
pdftemplate?: (PdfTemplate | null)
chart_base64?: (string | null)
customise_table_html?: (boolean | null)
report_table_html?: (string | null)
report_table_row_html?: (string | null)
report_table_group_html?: (string | null)
report_table_total_html?: (string | null)
alreadyconverted?: (boolean | null)
invoice_id?: (number | null)
quote_id?: (number | null)
consignment_id?: (number | null)
contract_id?: (number | null)
bookmarked?: (boolean | null)
report_access_token?: (string | null)
colourpallette?: (string | null)
show_top_only?: (boolean | null)
top_count?: (number | null)
show_trendline?: (boolean | null)
show_datavalues?: (boolean | null)
series?: (AnalyzerProfileSeries[] | null)
colours?: (AnalyzerProfileColour[] | null)
/**
 * The ticket's number.
 */
ticket_id?: (number | null)
_warning?: (string | null)
report_comparison?: (number | null)
chart_comparison?: (number | null)
_run_prompt?: (boolean | null)
_check_prompt?: (boolean | null)
ai_prompt?: (string | null)
ai_threadid?: (string | null)
ai_runid?: (string | null)
assistant_request?: (AIAssistantRequest | null)
group_name?: (string | null)
systemreportid?: (number | null)
mainentity?: (string | null)
_canupdate?: (boolean | null)
purchase_order_id?: (number | null)
sales_order_id?: (number | null)
asset_id?: (number | null)
apply_query_builder_perms?: (boolean | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_run_date?: (string | null)
}
export interface AnalyzerProfileColumn {
id?: number
report_id?: (number | null)
name?: (string | null)
sys_name?: (string | null)
query?: (string | null)
data_type?: (string | null)
data_type_group?: (string | null)
select_format?: (string | null)
table_name?: (string | null)
sequence?: (number | null)
filter?: (string | null)
operation?: (number | null)
groupbystatus?: (number | null)
groupbycalc?: (number | null)
hidden?: (boolean | null)
labellong?: (string | null)
orderby?: (number | null)
orderby_desc?: (boolean | null)
allowlookup?: (boolean | null)
is_identifier?: (boolean | null)
_warning?: (string | null)
translatedname?: (string | null)
translations?: (LanguagePackTranslationsCustom[] | null)
}
export interface AnalyzerFilter {
id?: number
report_id?: (number | null)
fieldname?: (string | null)
data_type?: (string | null)
data_type_group?: (string | null)
query?: (string | null)
numericruletype?: (number | null)
numericvalue?: (number | null)
stringrulevalues?: (KeyPair2[] | null)
stringruletext?: (string | null)
stringruletype?: (number | null)
_warning?: (string | null)
}
export interface UnameAnalyzer {
agent_id?: number
agent_name?: (string | null)
report_id?: (number | null)
readonly?: (boolean | null)
}
export interface ReportContent {
loaded?: boolean
load_error?: (string | null)
rows?: ({
[k: string]: unknown
}[] | null)
chart_labels?: (unknown[] | null)
chart_dataset?: (unknown[] | null)
chart_dataset1?: (unknown[] | null)
chart_dataset2?: (unknown[] | null)
chart_dataset3?: (unknown[] | null)
chart_dataset4?: (unknown[] | null)
chart_dataset5?: (unknown[] | null)
base_link?: (string | null)
table_html?: (string | null)
datasets?: ({
[k: string]: unknown
} | null)
}
export interface UserAnalyzer {
id?: number
user_id?: (number | null)
user_name?: (string | null)
report_id?: (number | null)
client_id?: (number | null)
client_name?: (string | null)
site_id?: (number | null)
site_name?: (string | null)
role_id?: (number | null)
role_name?: (string | null)
type?: (string | null)
allow_everyone?: (boolean | null)
department_id?: (number | null)
department_name?: (string | null)
organisation_id?: (number | null)
organisation_name?: (string | null)
}
export interface AnalyzerProfileSeries {
id?: number
report_id?: (number | null)
seriestype?: (number | null)
yaxis?: (string | null)
seq?: (number | null)
_warning?: (string | null)
report_name?: (string | null)
widget_id?: (number | null)
}
export interface AnalyzerProfileColour {
id?: number
report_id?: (number | null)
colour?: (string | null)
min_threshold?: (number | null)
name?: (string | null)
_warning?: (string | null)
widget_id?: (number | null)
}
export interface AIAssistantRequest {
id?: number
assistant_id?: (string | null)
thread_id?: (string | null)
run_id?: (string | null)
entity_id?: (number | null)
prompt?: (string | null)
status?: (number | null)
iterations?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
timestamp?: (string | null)
error_message?: (string | null)
query?: (string | null)
}
export interface QuotesGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * The reply as the client sees the quote in the portal.
 */
isportalview?: boolean
}
export interface QuotesListInput {
/**
 * Only what belongs to this ticket.
 */
ticket_id?: number
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Only records of this site.
 */
site_id?: number
/**
 * Only records of this user (a contact at the client, not an agent).
 */
user_id?: number
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Only what waits for approval.
 */
awaiting_approval?: boolean
/**
 * Only quotes that are settled.
 */
closed?: boolean
/**
 * This client's quotes and those for no client in particular.
 */
currentclientorall?: number
/**
 * Adds the lines to each row.
 */
includelines?: boolean
/**
 * Only what waits for the approval of the API's agent.
 */
my_approvals?: boolean
/**
 * Only accepted quotes that are still to be turned into an order.
 */
needsprocessing?: boolean
/**
 * Only quotes that are not settled.
 */
open?: boolean
/**
 * Only quotes that were turned into an order.
 */
processed?: boolean
/**
 * Only what has this status of a quote.
 */
quote_status?: string
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface ReportRowFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The report's name.
 */
name?: (string | null)
/**
 * What the report shows.
 */
description?: (string | null)
/**
 * The kind of report, as Halo numbers kinds.
 */
type?: (number | null)
/**
 * The group it is listed in.
 */
group_id?: (number | null)
/**
 * The data source it is made from.
 */
datasource_id?: (number | null)
/**
 * Whether every agent may read it.
 */
canbeaccessedbyallusers?: (boolean | null)
/**
 * Whether only chosen agents may read it.
 */
restrictaccess?: (boolean | null)
/**
 * The external API query it reads from.
 */
apiquery_id?: (number | null)
group_name?: (string | null)
systemreportid?: (number | null)
mainentity?: (string | null)
_canupdate?: (boolean | null)
}
export interface ReportPreview {
/**
 * The columns in the order of the SELECT.
 */
columns: {
/**
 * The column as the SELECT names it.
 */
name: string
/**
 * The type as Halo names it.
 */
data_type: string
}[]
/**
 * One object per row; Halo gives every value as text.
 */
rows: {
[k: string]: unknown
}[]
}
export interface ReportsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The client for whom the report is run, where its SQL uses one.
 */
client_id?: number
/**
 * The client, by name, for whom the report is meant.
 */
clientname?: string
/**
 * The dashboard on which the report is shown.
 */
dashboard_id?: number
/**
 * The published dashboard on which the report is shown.
 */
dashboard_published_id?: string
/**
 * Leaves Halo's own version of the report unread.
 */
dontloadsystemreport?: boolean
/**
 * Adds a token for embedding the report.
 */
getcompositetoken?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * The invoice that the report belongs to.
 */
invoice_id?: number
/**
 * True runs the report and puts its rows under `report.rows`. Give `includedetails` too.
 */
loadreport?: boolean
/**
 * The token of a published report.
 */
report_access_token?: string
/**
 * The period to run the report for, as Halo numbers periods.
 */
reportingperiod?: number
/**
 * The end of the period, where `reportingperiod` means a chosen one (ISO 8601, UTC, no zone).
 */
reportingperiodenddate?: string
/**
 * The start of the period, where `reportingperiod` means a chosen one (ISO 8601, UTC, no zone).
 */
reportingperiodstartdate?: string
}
export interface ReportsListInput {
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Only reports that this agent may see.
 */
agentrestriction?: number
/**
 * Only reports with a chart.
 */
chartonly?: boolean
/**
 * The client, by name, for whom the report is meant.
 */
clientname?: string
/**
 * True lists published reports too.
 */
includepublished?: boolean
/**
 * Only reports of this group.
 */
reportgroup_id?: number
/**
 * The kind of report, as Halo numbers kinds.
 */
type?: number
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface ReportsPreviewInput {
/**
 * One SELECT without semicolon and without `--` comments. Halo runs it as a derived table, so ORDER BY needs TOP; it gives up after about 60 seconds or 50,000 rows.
 */
sql: string
}
export interface AppointmentTypeRequestType {
id?: number
tickettype_id?: number
appointmenttype_id?: number
appointmenttype_name?: (string | null)
_warning?: (string | null)
}
export interface AreaRequestType {
client_id?: number
client_name?: (string | null)
request_type?: (number | null)
_warning?: (string | null)
}
export interface AssignSchedule {
id?: number
day?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
time?: (string | null)
assignto_agent_id?: (number | null)
status_id?: (number | null)
tickettype_id?: (number | null)
/**
 * ISO 8601, UTC, no zone.
 */
last_run_date?: (string | null)
interval?: (number | null)
paused?: (boolean | null)
asslinked_tickettype?: (number | null)
}
export interface ChildRequestType {
id?: number
tickettype_id?: number
child_tickettype_id?: number
child_tickettype_name?: (string | null)
_warning?: (string | null)
}
export interface FaqRequestType {
id?: number
tickettype_id?: number
faq_id?: number
faq_name?: (string | null)
_warning?: (string | null)
}
export interface IframeTabRequestType {
id?: number
tickettype_id?: number
iframetab_id?: number
iframetab_name?: (string | null)
_warning?: (string | null)
}
export interface NoInput {

}
export interface RecordGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
}
export interface RecordId {
/**
 * The record's number in Halo.
 */
id: number
}
export interface RequestTypeStatus {
ticketype_id?: number
tickettype_name?: (string | null)
status_id?: number
status_guid?: (string | null)
status_name?: (string | null)
tickettype_group_id?: (number | null)
_warning?: (string | null)
}
export interface SitesGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The client on whose behalf the record is read.
 */
client_override?: number
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Adds recent activity to the reply.
 */
includeactivity?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * The reply as the set-up screen shows it.
 */
issetup?: boolean
/**
 * Only what is allowed for this ticket type.
 */
tickettype_id?: number
}
export interface SitesListInput {
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Only this site.
 */
site_id?: number
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * The list as Halo's Azure integration needs it.
 */
azuresites?: boolean
/**
 * Only records under this contract.
 */
contract_id?: number
/**
 * Leaves out the MSP's own client.
 */
exclude_internal?: boolean
/**
 * The list as Halo's N-able (GFI) integration needs it.
 */
gfisites?: boolean
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * False leaves active records out; useful with `includeinactive`.
 */
includeactive?: boolean
/**
 * Adds the addresses to each row.
 */
includeaddress?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * False leaves out sites that hold no stock.
 */
includenonstocklocations?: boolean
/**
 * Adds the stock bin for what is not ordered.
 */
includenoorderstockbin?: boolean
/**
 * Adds the notes of each record to its row.
 */
includenotes?: boolean
/**
 * True lists places that hold stock, too.
 */
includestocklocations?: boolean
/**
 * The list as the filter of the calendar shows it.
 */
iscalendarfilter?: boolean
/**
 * Adds how much of this item each site holds.
 */
item_id_qty?: number
/**
 * The sales order for which stock is looked up.
 */
item_salesorder_id?: number
/**
 * The line of that sales order.
 */
item_salesorder_line?: number
/**
 * Only records changed at or after this time (ISO 8601, UTC, no zone).
 */
lastupdatefromdate?: string
/**
 * Only records changed at or before this time (ISO 8601, UTC, no zone).
 */
lastupdatetodate?: string
/**
 * Treats stock bins as switched on.
 */
override_enablestockbins?: boolean
/**
 * Site fields to add to the rows: names separated by commas.
 */
sitefields?: string
/**
 * Only places that hold stock.
 */
stocklocation?: string
/**
 * Only records below this top level (group of clients).
 */
toplevel_id?: number
/**
 * The user on whose behalf the list is read.
 */
user_override?: number
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface StatusFields {
/**
 * The record's number in Halo. With it a write changes that record, without it a write creates one.
 */
id?: number
/**
 * The status's name.
 */
name?: (string | null)
/**
 * A short name for narrow places.
 */
shortname?: (string | null)
/**
 * What the status is for, such as tickets.
 */
type?: (number | null)
/**
 * The place in lists that are sorted by hand: low comes first.
 */
sequence?: (number | null)
/**
 * A colour as `#rrggbb`.
 */
colour?: (string | null)
/**
 * What it does to the SLA clock: nothing, hold or release, as Halo numbers it.
 */
slaaction?: (string | null)
/**
 * Whether it can be set from the ticket list.
 */
showonquickchange?: (boolean | null)
/**
 * How long a ticket stays on hold in it.
 */
timeuntilloffhold?: (number | null)
/**
 * The status that follows by itself after that time.
 */
statuschangeto?: (number | null)
/**
 * After how long the next status follows.
 */
statuschangetofreq?: (number | null)
/**
 * The ticket types that may have it.
 */
tickettypes?: (KeyPair2[] | null)
/**
 * The outcomes that lead to it.
 */
outcomes?: (KeyPair2[] | null)
/**
 * Whether its times count working hours only.
 */
useworkinghours?: (number | null)
/**
 * True leaves the SLA on hold when an update comes in.
 */
slaignorerelease?: (boolean | null)
/**
 * Whether it counts when work is shared out.
 */
includeinloadbalance?: (boolean | null)
/**
 * The name in other languages.
 */
translations?: (LanguagePackTranslationsCustom[] | null)
guid?: (string | null)
intent?: (string | null)
ticket_count?: (number | null)
statusnochangehours?: (number | null)
nochangehoursrecurring?: (boolean | null)
statusnochangehoursmanager?: (number | null)
statusnochangehoursmanagerrecurring?: (boolean | null)
statusnochangehourssection?: (number | null)
statusnochangehourssectionrecurring?: (boolean | null)
nochangetemplate?: (number | null)
nochangetemplate_guid?: (string | null)
statusemailfreqdays?: (number | null)
statusemailid?: (number | null)
statusemail_guid?: (string | null)
statusemailname?: (string | null)
notifystatuschange?: (number | null)
dontsendslareminders?: (boolean | null)
nochangetemplatename?: (string | null)
statuschangetoname?: (string | null)
_warning?: (string | null)
useworkinghours_statusnochangehours?: (number | null)
useworkinghours_statusnochangehourssection?: (number | null)
useworkinghours_statusnochangehoursmanager?: (number | null)
}
export interface StatusesListInput {
/**
 * Statuses that this ticket can be moved to.
 */
ticket_id?: number
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Leaves out the closed statuses.
 */
excludeclosed?: boolean
/**
 * Leaves out the pending statuses.
 */
excludepending?: boolean
/**
 * Only what this outcome of an action allows.
 */
outcome_id?: number
/**
 * True lists statuses of every kind, not only those of tickets.
 */
showall?: boolean
/**
 * Adds to each row how many tickets it has.
 */
showcounts?: boolean
/**
 * Only statuses that can be set from the ticket list.
 */
showquickchangeoptions?: boolean
/**
 * Tells the different closed statuses apart.
 */
split_closed?: boolean
/**
 * The first ticket below, for which the statuses are wanted.
 */
ticket_id_firstchild?: number
/**
 * A ticket area of Halo (a section of its screens) to which the list is restricted.
 */
ticketarea_id?: number
/**
 * Only statuses of this group of ticket types.
 */
tickettype_group_id?: number
/**
 * Only what is allowed for this ticket type.
 */
tickettype_id?: number
/**
 * Only statuses of these ticket types: numbers separated by commas.
 */
tickettype_ids?: (string | number)
/**
 * What the statuses are for: `ticket`, `asset` and the like.
 */
type?: string
/**
 * A saved view of Halo whose filters to apply. Halo has ignored it for API callers on some versions: check the rows.
 */
view_id?: number
}
export interface SuppliersListInput {
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * False leaves active records out; useful with `includeinactive`.
 */
includeactive?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * The KashFlow tenant whose details to answer.
 */
kashflowtenantid?: number
/**
 * Only records below this top level (group of clients).
 */
toplevel_id?: number
/**
 * The Xero tenant whose details to answer.
 */
xerotenantid?: string
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface TeamsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * Adds the agents of the team.
 */
includeagents?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
}
export interface TeamsListInput {
/**
 * Only records that the API's agent may edit.
 */
can_edit_only?: boolean
/**
 * Only teams that take chats.
 */
chat_only?: boolean
/**
 * Only records of this department of the MSP.
 */
department_id?: number
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Only these teams: numbers separated by commas.
 */
ids?: (string | number)
/**
 * Adds the managers of each row.
 */
include_managers?: boolean
/**
 * Adds the agents of the teams.
 */
includeagentsforteams?: (boolean | string)
/**
 * True lists disabled ones too.
 */
includedisabled?: (boolean | string)
/**
 * False leaves enabled ones out; useful with `includedisabled`.
 */
includeenabled?: (boolean | string)
/**
 * A tree of departments and teams instead of a flat list.
 */
istree?: boolean
/**
 * Only teams that the API's agent is a member of.
 */
memberonly?: boolean
/**
 * Only teams of the departments of the API's agent.
 */
mydeps?: boolean
/**
 * Only teams that the API's agent is a member of.
 */
myteamsonly?: boolean
/**
 * Sorts by the order set in Halo rather than by name.
 */
orderbyseq?: boolean
/**
 * Only what this outcome of an action allows.
 */
outcome_id?: number
/**
 * True lists every team, also those the API's agent is not a member of.
 */
showall?: boolean
/**
 * Adds to each row how many tickets it has.
 */
showcounts?: boolean
/**
 * A ticket area of Halo (a section of its screens) to which the list is restricted.
 */
ticketarea_id?: number
/**
 * What the teams work on: `reqs`, `opps` or `prjs`.
 */
type?: string
/**
 * A saved view of Halo whose filters to apply. Halo has ignored it for API callers on some versions: check the rows.
 */
view_id?: number
}
export interface TicketTypeFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The name people see.
 */
name?: (string | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
/**
 * The place in lists that are sorted by hand: low comes first.
 */
sequence?: (number | null)
/**
 * The group of ticket types.
 */
group_id?: (number | null)
itilrequesttype?: (number | null)
cancreate?: (boolean | null)
agentscanselect?: (boolean | null)
enduserscanselect?: (boolean | null)
anonymouscanselect?: (boolean | null)
initial_status?: (number | null)
default_sla?: (number | null)
default_team?: (string | null)
default_agent?: (number | null)
default_priority?: (number | null)
default_category_1?: (string | null)
default_summary?: (string | null)
default_details?: (string | null)
workflow_id?: (number | null)
allowattachments?: (boolean | null)
allowall_status?: (boolean | null)
allowed_status?: (RequestTypeStatus[] | null)
allowall_team?: (boolean | null)
allowed_teams?: (SectionRequestType[] | null)
fields?: (RequestTypeField[] | null)
isbillable?: (boolean | null)
visible?: (boolean | null)
approval_process_id?: (number | null)
guid?: (string | null)
intent?: (string | null)
default_sla_guid?: (string | null)
group_name?: (string | null)
jira_issue_type?: (string | null)
ticket_count?: (number | null)
copyattachmentstochild?: (boolean | null)
copyattachmentstorelated?: (boolean | null)
is_sprint?: (boolean | null)
fieldidlist?: (number[] | null)
hasmandatorytechfields?: (boolean | null)
hasmandatoryuserfields?: (boolean | null)
statusafteruserupdate?: (number | null)
statusafteruserupdate_guid?: (string | null)
statusaftersupplierupdate?: (number | null)
statusaftersupplierupdate_guid?: (string | null)
closedrequestswithupdates?: (number | null)
pendingrequestswithupdates?: (number | null)
portalcanreopen?: (boolean | null)
closedrequestswithupdatesincpending?: (boolean | null)
includeinmobiledbsync?: (boolean | null)
workflow_guid?: (string | null)
always_bcc?: (string | null)
reopenedstatus?: (number | null)
reopenedstatus_guid?: (string | null)
closedrequestsemailid?: (number | null)
closedrequestsemailguid?: (string | null)
pendingrequestsemailid?: (number | null)
pendingrequestsemailguid?: (string | null)
closedrequestsemail_name?: (string | null)
pendingrequestsemail_name?: (string | null)
closeduserupdatehours?: (number | null)
pendinguserupdatehours?: (number | null)
webannouncement?: (string | null)
chargerate?: (number | null)
initial_status_guid?: (string | null)
default_team_to_agents_default?: (boolean | null)
default_category_2?: (string | null)
default_category_3?: (string | null)
default_category_4?: (string | null)
default_details_html?: (string | null)
default_excludefromsla?: (boolean | null)
default_showforusers?: (boolean | null)
default_sendack?: (number | null)
default_sendemail?: (boolean | null)
default_matchedkbid?: (number | null)
default_kb_name?: (string | null)
default_kb_accessible_for_enduser?: (boolean | null)
allowall_actions?: (boolean | null)
allowed_actions?: (Restriction[] | null)
allowall_category1?: (boolean | null)
allowed_category1?: (CategoryRestriction[] | null)
allowall_category2?: (boolean | null)
allowed_category2?: (CategoryRestriction[] | null)
allowall_category3?: (boolean | null)
allowed_category3?: (CategoryRestriction[] | null)
allowall_category4?: (boolean | null)
allowed_category4?: (CategoryRestriction[] | null)
approval_process_guid?: (string | null)
approval_process_name?: (string | null)
from_mailbox_id?: (number | null)
hide_respond?: (boolean | null)
close_kb_action?: (number | null)
default_product_id?: (number | null)
default_product_name?: (string | null)
default_budgettype_id?: (number | null)
default_budgettype_name?: (string | null)
email_start_tag_override?: (string | null)
email_end_tag_override?: (string | null)
acknowledgementtemplate?: (number | null)
acknowledgementtemplate_guid?: (string | null)
acknowledgementtemplate_name?: (string | null)
acknowledgementtemplateooh?: (number | null)
acknowledgementtemplateooh_guid?: (string | null)
acknowledgementtemplateooh_name?: (string | null)
dontsendslareminders?: (boolean | null)
dontusependingclosure?: (boolean | null)
database_lookup_id?: (number | null)
database_lookup_name?: (string | null)
applydefaultsontypechangebool?: (boolean | null)
allowtickettypetobechild?: (boolean | null)
default_estimate?: (number | null)
mustclosechildbeforeclosurebool?: (boolean | null)
default_sendremoteinvite?: (number | null)
logtimeindays?: (boolean | null)
logtimeindaysincrement?: (number | null)
usetimeslotsforstartandtargettimes?: (boolean | null)
childticketcolumnsoverride?: (number | null)
childticketcolumnsoverride_guid?: (string | null)
childticketcolumnsoverride_name?: (string | null)
showunborntab?: (boolean | null)
allowcustomiseunborn?: (boolean | null)
inform_account_manager?: (boolean | null)
statusaftertechupdate?: (number | null)
statusaftertechupdate_guid?: (string | null)
pdftemplate_id?: (number | null)
pdftemplate_name?: (string | null)
quote_pdftemplate_id?: (number | null)
quote_pdftemplate_name?: (string | null)
maximumRestrictedPriority?: (number | null)
auto_respond_logged_manually?: (number | null)
autoCloseHours?: (number | null)
allowed_clients?: (AreaRequestType[] | null)
closedrequestreplylimit?: (number | null)
pendingrequestreplylimit?: (number | null)
alluserscanviewit?: (boolean | null)
alluserscanview?: (number | null)
thisentitycanbevotedfor?: (boolean | null)
show_vote_comment?: (boolean | null)
overridewiththefollowingtemplatewhenloggingmanually?: (number | null)
overridewiththefollowingtemplatewhenloggingmanually_guid?: (string | null)
editservstatus?: (boolean | null)
appointmentdefaultbody?: (number | null)
appointmentdefaultbody_guid?: (string | null)
appointmentdefaultbody_name?: (string | null)
setrelatedservicesfromassets?: (boolean | null)
default_sendtosoc?: (number | null)
default_soctargettype?: (number | null)
default_soctargetid?: (string | null)
default_soctargetname?: (string | null)
soc_default_target?: (KeyPair2 | null)
forwardinboundupdates?: (boolean | null)
default_appointment_summary?: (string | null)
default_appointment_details?: (string | null)
displayonquicktime?: (boolean | null)
statusafterapproverupdate?: (number | null)
statusafterapproverupdate_guid?: (string | null)
display_audit_tab?: (boolean | null)
overwrite_showforusers?: (boolean | null)
default_services?: (ServiceRow[] | null)
access_control?: (AccessControl[] | null)
access_control_level?: (number | null)
showdownvote?: (boolean | null)
addactionstolinked?: (number | null)
addnoteonlytolinked?: (boolean | null)
dontconfirm_updateparent?: (boolean | null)
default_impact?: (number | null)
default_risklevel?: (number | null)
default_justification?: (string | null)
default_impactdescription?: (string | null)
default_riskleveldescription?: (string | null)
default_testplan?: (string | null)
default_backoutplan?: (string | null)
default_communicationplan?: (string | null)
default_changeinformation_html?: (string | null)
items_are_billable?: (boolean | null)
defaultresourcetype?: (number | null)
defaultresourcetype_name?: (string | null)
defaultlisttype?: (number | null)
defaulttab?: (number | null)
defaultsync_to_sentinel?: (boolean | null)
adduserupdatestochildren?: (boolean | null)
default_targetdate?: (number | null)
allowed_resourcebooking_teams?: (SectionRequestType[] | null)
defaultresourcetype_name_agent?: (string | null)
agentresourcebookingtype?: (number | null)
userbookfromportal?: (boolean | null)
defaultresourcetype_agent?: (number | null)
defaultagentresourcebookingduration_id?: (number | null)
rtdefaultagentresourcebookingduration_name?: (string | null)
showopenusertickets?: (boolean | null)
showopensitetickets?: (boolean | null)
showopenclienttickets?: (boolean | null)
showopendevicetickets?: (boolean | null)
showuserfeed?: (boolean | null)
updateservicestatus?: (boolean | null)
default_servicestatusnote?: (string | null)
attendeesenduser?: (number | null)
showautomationstab?: (boolean | null)
showbillingtab?: (boolean | null)
showsuggestionstab?: (boolean | null)
showoppcontacttab?: (boolean | null)
showactivestatuskanban?: (boolean | null)
ganttgrandchildview?: (number | null)
_warning?: (string | null)
submitlabeloverride?: (string | null)
allowall_appointment_types?: (boolean | null)
include_appointments_scheduled_hours?: (boolean | null)
ticketlinktype?: (number | null)
allowed_appointment_types?: (AppointmentTypeRequestType[] | null)
allowall_iframe_customtabs?: (boolean | null)
allowed_iframe_customtabs?: (IframeTabRequestType[] | null)
default_sync_to_salesforce?: (boolean | null)
salesforce_default_stage?: (number | null)
show_add_note?: (boolean | null)
auto_delete_data?: (number | null)
auto_delete_days?: (number | null)
show_child_tasks_type?: (number | null)
pin_important_actions?: (boolean | null)
showdecendantwarningoptions?: (boolean | null)
statusafterresourcebook?: (number | null)
parentstatusafterallchildclosed?: (number | null)
parentstatusafterallchildclosed_name?: (string | null)
allowlogonbehalfof?: (number | null)
translations?: (LanguagePackTranslationsCustom[] | null)
auto_create_appt?: (number | null)
hide_anon_contact_info?: (boolean | null)
ticket_created_override?: (string | null)
newrequestmessage?: (string | null)
allow_anonymous_logging?: (boolean | null)
published_id?: (string | null)
cors_whitelist_list?: (KeyPair2[] | null)
add_ack_attachments?: (boolean | null)
defaultpagerdutyservice?: (string | null)
defaultpagerdutyservice_name?: (string | null)
defaultsidebarcollapsed?: (boolean | null)
logonbehalflabeloverride?: (string | null)
tab_display?: (number | null)
sprint_tickettype_id?: (number | null)
sprint_tickettype_name?: (string | null)
usemilestones?: (boolean | null)
tab_config?: (TabConfig[] | null)
enableusermentions?: (boolean | null)
sladontclose?: (boolean | null)
pendingdontclose?: (boolean | null)
minattachments?: (number | null)
enableforecasting?: (boolean | null)
make_cc_followers?: (boolean | null)
default_kanban_view?: (number | null)
showgeneralsurveyfields?: (boolean | null)
default_send_to_pagerduty?: (boolean | null)
completion_status_type?: (number | null)
show_project_task_dates?: (boolean | null)
project_type?: (number | null)
auto_forward_email_updates?: (number | null)
default_is_sensitive?: (boolean | null)
process_open_tickets?: (number | null)
todolistportalvisibility?: (number | null)
legacy_print_request_details?: (boolean | null)
legacy_print_service_form?: (boolean | null)
default_appt_type?: (number | null)
show_child_assets?: (boolean | null)
hide_anon_phonenumber?: (boolean | null)
showconfirmemail?: (boolean | null)
ticket_status_after_appointment?: (number | null)
max_open_per_user?: (number | null)
max_total_per_user?: (number | null)
max_open_per_user_reached?: (boolean | null)
max_total_per_user_reached?: (boolean | null)
milestone_billing?: (boolean | null)
showopensuppliertickets?: (boolean | null)
allowall_suggestion_faqlists?: (boolean | null)
allowed_suggestion_faqlists?: (FaqRequestType[] | null)
startdate_validation?: (number | null)
startdate_validation_days?: (number | null)
targetdate_validation?: (number | null)
targetdate_validation_days?: (number | null)
auto_contributor?: (boolean | null)
allow_teams_chat_creation?: (boolean | null)
teams_chat_default_name?: (string | null)
show_teams_chats_as_tabs?: (boolean | null)
default_servicenow_type?: (number | null)
enable_task_dependencies?: (boolean | null)
exclude_from_sales_mailbox_match?: (boolean | null)
lapsafe_status_after_webhook?: (number | null)
lapsafe_status_after_webhook_guid?: (string | null)
show_status_on_portal?: (boolean | null)
allow_slack_channel_creation?: (boolean | null)
slack_channel_default_name?: (string | null)
show_slack_channels_as_tabs?: (boolean | null)
slack_channel_access_type?: (number | null)
slack_channel_workspace?: (number | null)
slack_channel_workspace_name?: (string | null)
hide_anon_email?: (number | null)
continue_autorelease?: (boolean | null)
do_ai_survey?: (boolean | null)
enduserscanlog?: (boolean | null)
anonymouscanlog?: (boolean | null)
generate_ai_embeddings?: (boolean | null)
load_balance_interval?: (number | null)
load_balance_max_tickets?: (number | null)
load_balance_on_schedule?: (boolean | null)
load_balance_schedule_frequency?: (number | null)
load_balance_schedule?: (AssignSchedule | null)
allowall_child_tickettypes?: (boolean | null)
allowed_child_tickettypes?: (ChildRequestType[] | null)
kanbanstatuschoice?: (KeyPair[] | null)
kanbanstatuschoice_list?: (string | null)
email_start_tag?: (string | null)
email_end_tag?: (string | null)
default_agent_name?: (string | null)
workflow_name?: (string | null)
overridewiththefollowingtemplatewhenloggingmanuallyname?: (string | null)
apply_workflow_on_type_change?: (boolean | null)
showotheropenticketsinnewtab?: (boolean | null)
portal_summary_hint_is_placeholder?: (boolean | null)
portal_details_hint_is_placeholder?: (boolean | null)
agent_summary_hint_is_placeholder?: (boolean | null)
agent_details_hint_is_placeholder?: (boolean | null)
portal_screen_after_logging?: (number | null)
show_related_of_related?: (number | null)
show_all_related?: (number | null)
hideuserdetails?: (boolean | null)
allowanonattachments?: (boolean | null)
inherit_parent_category1?: (boolean | null)
inherit_parent_category2?: (boolean | null)
inherit_parent_category3?: (boolean | null)
inherit_parent_category4?: (boolean | null)
default_is_downtime?: (boolean | null)
is_chat_ticket?: (boolean | null)
add_related_assets_to_parent?: (boolean | null)
third_party_migration_id?: (string | null)
wait_time_type?: (number | null)
default_wait_time?: (number | null)
wait_time_calc_hours?: (number | null)
}
export interface TicketTypesGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The ticket for which the type's fields are wanted.
 */
ticket_id?: number
/**
 * Only types of which the API's agent may create tickets.
 */
can_create_only?: boolean
/**
 * Only records that the API's agent may edit.
 */
can_edit_only?: boolean
/**
 * Adds Halo's own diagnostics to the reply.
 */
debug?: boolean
/**
 * Adds the configuration of the type.
 */
includeconfig?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * Adds which knowledge base articles the type suggests.
 */
includekbinfo?: boolean
/**
 * Adds which teams the type is limited to.
 */
includeteamrestrictions?: boolean
/**
 * The reply as Halo's detail screen needs it.
 */
isdetailscreen?: boolean
/**
 * The fields as a new ticket shows them.
 */
isnewticket?: boolean
/**
 * Adds the fields of the survey.
 */
survey_fields?: boolean
}
export interface TicketTypesListInput {
/**
 * Only ticket types that this client may use.
 */
client_id?: number
/**
 * Only types that the API's agent may use at this level, as Halo numbers levels.
 */
access_control_level?: number
/**
 * Types that users and callers without a login may use.
 */
anonanduser?: boolean
/**
 * Only types of which the API's agent may create tickets.
 */
can_create_only?: boolean
/**
 * Only records that the API's agent may edit.
 */
can_edit_only?: boolean
/**
 * Only types that agents can choose.
 */
canagentsselect?: boolean
/**
 * Only types that users can choose in the portal.
 */
canusercreate?: boolean
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Only ticket types of this group.
 */
group_id?: number
/**
 * Lists this ticket type too, whatever the filters say.
 */
include_current?: number
/**
 * Adds whether mandatory fields are missing.
 */
include_mandatory_field_check?: boolean
/**
 * The list as the quick time entry shows it.
 */
isquicktimedropdown?: boolean
/**
 * Only ticket types of this ITIL kind.
 */
itil_type?: number
/**
 * Only what this outcome of an action allows.
 */
outcome_id?: number
/**
 * Only types with tickets that hold this text.
 */
searchtickets?: string
/**
 * True lists every ticket type, also those the API's agent may not use.
 */
showall?: boolean
/**
 * Adds to each row how many tickets it has.
 */
showcounts?: boolean
/**
 * True lists inactive types too.
 */
showinactive?: boolean
/**
 * Only types that are used for sprints.
 */
sprints_only?: boolean
/**
 * A ticket area of Halo (a section of its screens) to which the list is restricted.
 */
ticketarea_id?: number
/**
 * Only types that users can choose in the portal.
 */
user_only?: boolean
/**
 * A saved view of Halo whose filters to apply. Halo has ignored it for API callers on some versions: check the rows.
 */
view_id?: number
}
export interface TicketsDeleteInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * Why the ticket is deleted; kept in Halo's audit.
 */
reason?: string
}
export interface TicketsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The id of the e-mail in Outlook from which the ticket is opened.
 */
amailentryid?: string
/**
 * The agent for whom the ticket is read.
 */
assignedto?: number
/**
 * Adds the lines that can be put on a consignment.
 */
consignablelines?: boolean
/**
 * Adds Halo's own diagnostics to the reply.
 */
debug?: boolean
/**
 * True runs the database lookups that the ticket type defines.
 */
dodatabaselookup?: boolean
/**
 * The e-mail address that an e-mail add-in looks the ticket up by.
 */
email?: string
/**
 * Adds the audit trail.
 */
include_auditing?: boolean
/**
 * Adds the agent that works on the ticket.
 */
includeagent?: boolean
/**
 * Adds the ids of the tickets below this one.
 */
includechildids?: boolean
/**
 * Adds the ticket's sub-objects: custom fields, assets, approvals, contributors and the like.
 */
includedetails?: boolean
/**
 * Adds the newest action of the ticket.
 */
includelastaction?: boolean
/**
 * Adds the last appointment.
 */
includelastappointment?: boolean
/**
 * Adds what is linked to the ticket.
 */
includelinkedobjects?: boolean
/**
 * Adds the next appointment.
 */
includenextappointment?: boolean
/**
 * Adds the change that the ticket belongs to.
 */
includeparentchangeinfo?: boolean
/**
 * Adds the summary of the ticket above.
 */
includeparentsubject?: boolean
/**
 * Adds who has seen the ticket.
 */
includeseenby?: boolean
/**
 * The reply as a user sees it in the portal.
 */
is_portal?: boolean
/**
 * The reply as Halo's detail screen needs it.
 */
isdetailscreen?: boolean
/**
 * The reply as Halo Link (another Halo that is connected) needs it.
 */
ishalolink?: boolean
/**
 * The reply as the preview of a ticket shows it.
 */
ispreview?: boolean
/**
 * The reply as Halo's app for Microsoft Teams needs it.
 */
isteams?: boolean
/**
 * Reads past Halo's cache.
 */
nocache?: boolean
/**
 * The subject that an e-mail add-in looks the ticket up by.
 */
subject?: string
/**
 * The reply holds nothing but the id.
 */
ticketidonly?: boolean
/**
 * Minutes between the caller's time and UTC. Leave it out: Halo's sign differs between versions, and without it all times are UTC.
 */
utcoffset?: number
}
export interface TicketsListInput {
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Only records of this site.
 */
site_id?: number
/**
 * Only records of this user (a contact at the client, not an agent).
 */
user_id?: number
/**
 * Only what is assigned to this agent.
 */
agent_id?: number
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * Only tickets of these agents: numbers separated by commas.
 */
agent?: (string | number)
/**
 * Only tickets that a monitoring alert of this kind raised.
 */
alerttype?: string
/**
 * Only records that concern this asset.
 */
asset_id?: number
/**
 * Only tickets that wait for somebody's answer.
 */
awaitinginput?: string
/**
 * Only tickets with billable time.
 */
billableonly?: boolean
/**
 * Only what is to be billed up to this date (ISO 8601, UTC, no zone).
 */
billing_date?: string
/**
 * Only tickets with this kind of billing.
 */
billing_type?: string
/**
 * Only tickets billed under this contract.
 */
billingcontractid?: number
/**
 * Only tickets that the calendar shows up to this time (ISO 8601, UTC, no zone).
 */
calendar_enddate?: string
/**
 * Only tickets that the calendar shows from this time on (ISO 8601, UTC, no zone).
 */
calendar_startdate?: string
/**
 * Only tickets with these first-level categories: numbers separated by commas.
 */
category_1?: (string | number)
/**
 * Only tickets with these second-level categories: numbers separated by commas.
 */
category_2?: (string | number)
/**
 * Only tickets with these third-level categories: numbers separated by commas.
 */
category_3?: (string | number)
/**
 * Only tickets with these fourth-level categories: numbers separated by commas.
 */
category_4?: (string | number)
/**
 * Keeps to the tickets that the API's agent may see when it sees only its own.
 */
checkmyticketsonly?: boolean
/**
 * Only records of these clients: numbers separated by commas.
 */
client_ids?: (string | number)
/**
 * Only tickets with this reference of the client.
 */
client_ref?: string
/**
 * Only closed tickets.
 */
closed_only?: boolean
/**
 * A saved column set of Halo that decides which fields the rows carry.
 */
columns_id?: number
/**
 * Only records under this contract.
 */
contract_id?: number
/**
 * Only tickets of this period of a contract.
 */
contract_period?: number
/**
 * The date that `startdate` and `enddate` act on: `dateoccured` (one r) for opened, `datecleared` for closed.
 */
datesearch?: string
/**
 * Adds Halo's own diagnostics to the reply.
 */
debug?: boolean
/**
 * Rows with the fields of Halo's default columns.
 */
default_columns?: boolean
/**
 * True lists deleted tickets instead of living ones.
 */
deleted?: boolean
/**
 * `reqs` for ordinary tickets, `opps` for opportunities, `prjs` for projects. projects.list sends `prjs` by itself.
 */
domain?: string
/**
 * Up to this time; which date is meant, `datesearch` says (ISO 8601, UTC, no zone).
 */
enddate?: string
/**
 * Whether `enddate` carries a time of day.
 */
enddatetime?: boolean
/**
 * Leaves the SLA out, which makes the list faster.
 */
excludeslacalcs?: boolean
/**
 * Leaves these records out: numbers separated by commas.
 */
excludethese?: (string | number)
/**
 * Leaves out ticket types that everybody may use.
 */
excludetickettypeallowall?: boolean
/**
 * A further filter that the self-service portal sends.
 */
extraportalfilter?: string
/**
 * Only tickets from this Facebook account.
 */
facebook_id?: string
/**
 * With `parent_id`: the children of its children too.
 */
fetchgrandchildren?: boolean
/**
 * Only tickets that these agents have flagged: numbers separated by commas.
 */
flagged?: (string | number)
/**
 * Only tickets that these agents work on or follow: numbers separated by commas.
 */
followedandagents?: (string | number)
/**
 * Lists tickets of milestones that have not begun, too.
 */
ignoremilestonerestriction?: boolean
/**
 * Adds the client's account manager.
 */
includeaccountmanager?: boolean
/**
 * Adds the agent's name and picture: rows carry only `agent_id` otherwise.
 */
includeagent?: boolean
/**
 * True lists every open ticket besides those that the filters pick.
 */
includeallopen?: boolean
/**
 * Adds the id of the next appointment.
 */
includeappointmentid?: boolean
/**
 * Whether tickets that wait for an approval are listed.
 */
includeapproval?: (string | number)
/**
 * Adds the key field of the ticket's asset.
 */
includeassetkeyfield?: boolean
/**
 * Adds the type of the ticket's asset.
 */
includeassettype?: boolean
/**
 * Whether tickets that missed their SLA are listed.
 */
includebreached?: (string | number)
/**
 * Adds the kinds of time budget.
 */
includebudgettype?: boolean
/**
 * Adds the ids of the tickets below this one.
 */
includechildids?: boolean
/**
 * Adds whether the tickets below were read.
 */
includechildread?: boolean
/**
 * Whether tickets that hang on another one are listed.
 */
includechildren?: (string | number)
/**
 * Whether closed tickets are listed.
 */
includeclosed?: (string | number)
/**
 * Adds the definition of the list's columns to the reply.
 */
includecolumns?: boolean
/**
 * True lists completed tickets too.
 */
includecompleted?: boolean
/**
 * Adds the contract.
 */
includecontract?: boolean
/**
 * Adds country and region.
 */
includecountryregion?: boolean
/**
 * Adds the user's first name.
 */
includefirstname?: boolean
/**
 * Whether only tickets that the API's agent follows are listed.
 */
includefollowedonly?: (string | number)
/**
 * Whether tickets on hold are listed.
 */
includehold?: (string | number)
/**
 * Whether tickets of inactive agents are listed.
 */
includeinactivetechs?: (string | number)
/**
 * Whether tickets of inactive users are listed.
 */
includeinactiveusers?: (string | number)
/**
 * Adds the ITIL kind of the ticket type.
 */
includeitilname?: boolean
/**
 * Adds the newest action of the ticket.
 */
includelastaction?: boolean
/**
 * Adds the newest e-mail from the user.
 */
includelastincomingemail?: boolean
/**
 * Adds the user's last name.
 */
includelastname?: boolean
/**
 * Adds the newest note.
 */
includelastnote?: boolean
/**
 * Adds whether somebody has the ticket open for editing.
 */
includelocked?: boolean
/**
 * Adds the mailbox that the ticket came through.
 */
includemailbox?: boolean
/**
 * Adds the id of the e-mail that made the ticket.
 */
includemailid?: boolean
/**
 * Whether only tickets of the API's own user are listed.
 */
includemyuseronly?: (string | number)
/**
 * Adds when the next activity is due.
 */
includenextactivitydate?: boolean
/**
 * Adds the type of the next appointment.
 */
includenextappointmenttype?: boolean
/**
 * Adds the summary of the ticket above.
 */
includeparentsubject?: boolean
/**
 * Whether projects are listed among tickets.
 */
includeprojects?: (string | number)
/**
 * Whether tickets that were already read are listed.
 */
includeread?: (string | number)
/**
 * Adds the services that the ticket concerns.
 */
includerelatedservices?: boolean
/**
 * Adds the first release that the ticket belongs to.
 */
includerelease1?: boolean
/**
 * Adds the second release that the ticket belongs to.
 */
includerelease2?: boolean
/**
 * Adds the third release that the ticket belongs to.
 */
includerelease3?: boolean
/**
 * Adds the category of the ticket's service.
 */
includeservicecategory?: boolean
/**
 * Adds when the SLA was last touched.
 */
includeslaactiondate?: boolean
/**
 * Adds how much time the SLA leaves.
 */
includeslatimer?: boolean
/**
 * Adds the status, by name, to each row.
 */
includestatus?: boolean
/**
 * Whether only tickets that the API's agent has raised are listed.
 */
includesubmittedonly?: (string | number)
/**
 * Adds the supplier.
 */
includesupplier?: boolean
/**
 * Adds the name of the ticket type: rows carry only `tickettype_id` otherwise.
 */
includetickettype?: boolean
/**
 * Adds the time spent.
 */
includetimetaken?: boolean
/**
 * Adds the client's top level.
 */
includetoplevel?: boolean
/**
 * Adds who has the ticket open.
 */
includeviewing?: boolean
/**
 * Adds the stage of the ticket's workflow.
 */
includeworkflowstage?: boolean
/**
 * Adds the number of the stage of the ticket's workflow.
 */
includeworkflowstagenumber?: boolean
/**
 * Adds the user's departments (Halo's spelling).
 */
includuserdepartments?: boolean
/**
 * Adds how many tickets below are open (Halo's spelling).
 */
inlcludeopenchildcount?: boolean
/**
 * Adds the branch in version control (Halo's spelling).
 */
invlucebranch?: boolean
/**
 * Only tickets that are milestones.
 */
ismilestone?: boolean
/**
 * The list as Halo's SolarWinds Orion integration needs it.
 */
isorion?: boolean
/**
 * The list as the quick time entry shows it.
 */
isquicktimesearch?: boolean
/**
 * The list as Halo's SCOM integration needs it.
 */
isscom?: boolean
/**
 * The reply as Halo's app for Microsoft Teams needs it.
 */
isteams?: boolean
/**
 * The reply as Zapier needs it: a bare array.
 */
iszapier?: boolean
/**
 * Only tickets of these ITIL kinds: numbers separated by commas.
 */
itil_requesttype?: (string | number)
/**
 * Only tickets of this ITIL kind (incident, change, problem, …).
 */
itil_requesttype_id?: number
/**
 * The reply as the kanban view of the agents' app needs it.
 */
kanbanviewontheagentapp?: boolean
/**
 * The reply as the kanban view of the portal needs it.
 */
kanbanviewontheportal?: boolean
/**
 * Only records changed at or after this time (ISO 8601, UTC, no zone).
 */
lastupdatefromdate?: string
/**
 * Only records changed at or before this time (ISO 8601, UTC, no zone).
 */
lastupdatetodate?: string
/**
 * A saved list of Halo whose filters to apply. Halo has ignored it for API callers on some versions: check the rows.
 */
list_id?: number
/**
 * Only tickets of this milestone.
 */
milestone_id?: number
/**
 * Only what belongs to the API's own agent.
 */
mine?: boolean
/**
 * Only tickets whose time is not charged.
 */
nochargeonly?: boolean
/**
 * Dates without a time of day.
 */
notime?: boolean
/**
 * Times of day without a date.
 */
onlytime?: boolean
/**
 * Only tickets that are not closed.
 */
open_only?: boolean
/**
 * Which kind of alert of SolarWinds Orion is meant.
 */
orion_type?: number
/**
 * Only tickets below this ticket.
 */
parent_id?: number
/**
 * Only tickets that wait for a review.
 */
pending_review?: boolean
/**
 * One row per action instead of one per ticket.
 */
per_action?: boolean
/**
 * Only tickets that a prepayment or contract covers.
 */
prepayorcontractonly?: boolean
/**
 * Only tickets of these priorities: `priorityid` numbers separated by commas.
 */
priority?: (string | number)
/**
 * Only tickets about these products: numbers separated by commas.
 */
product?: (string | number)
/**
 * Only tickets of these projects: numbers separated by commas.
 */
project_ids?: (string | number)
/**
 * Only what is ready to be billed.
 */
ready_for_invoicing?: boolean
/**
 * Only tickets related to this ticket.
 */
related_id?: number
/**
 * Only tickets of this release.
 */
release_id?: number
/**
 * Only tickets of these ticket types: numbers separated by commas.
 */
requesttype?: (string | number)
/**
 * Only tickets of this ticket type. `tickettype_id` is not a filter here.
 */
requesttype_id?: number
/**
 * Only tickets of these groups of ticket types: numbers separated by commas.
 */
requesttypegroup?: (string | number)
/**
 * Text to look for in the details alone.
 */
search_details?: string
/**
 * Digits to look for in ticket numbers.
 */
search_id?: string
/**
 * Text to look for in the inventory numbers of the tickets' assets.
 */
search_inventory_number?: string
/**
 * Text to look for in the company of an opportunity.
 */
search_oppcompanyname?: string
/**
 * Text to look for in the contact of an opportunity.
 */
search_oppcontactname?: string
/**
 * Text to look for in the e-mail address of an opportunity.
 */
search_oppemailaddress?: string
/**
 * Text to look for in the first release.
 */
search_release1?: string
/**
 * Text to look for in the second release.
 */
search_release2?: string
/**
 * Text to look for in the third release.
 */
search_release3?: string
/**
 * Text to look for in release notes.
 */
search_releasenote?: string
/**
 * Text to look for in who reported the ticket.
 */
search_reportedby?: string
/**
 * Text to look for in the summary alone.
 */
search_summary?: string
/**
 * Text to look for in the supplier's reference.
 */
search_supplier_reference?: string
/**
 * Text to look for in the user's name.
 */
search_user_name?: string
/**
 * Text to look for in the version.
 */
search_version?: string
/**
 * True looks for `search` in the actions too, which is slow.
 */
searchactions?: boolean
/**
 * With `search`: only in this ticket.
 */
searchthisticketid?: number
/**
 * Only records that concern this service.
 */
service_id?: number
/**
 * Only tickets that the road map shows.
 */
showonroadmap?: (string | number)
/**
 * Adds the post code of the site.
 */
sitepostcode?: boolean
/**
 * Only tickets of these SLAs: numbers separated by commas.
 */
sla?: (string | number)
/**
 * Only sprints for this ticket type.
 */
sprint_for_tickettype_id?: number
/**
 * Only sprints.
 */
sprints?: boolean
/**
 * Only tickets that have a start and an end.
 */
startandendset?: boolean
/**
 * From this time on; which date is meant, `datesearch` says (ISO 8601, UTC, no zone).
 */
startdate?: string
/**
 * Whether `startdate` carries a time of day.
 */
startdatetime?: boolean
/**
 * Only tickets with these statuses: numbers separated by commas.
 */
status?: (string | number)
/**
 * Only tickets with this status. Numbers differ between tenants: see statuses.list.
 */
status_id?: number
/**
 * Only tickets that these agents have raised or work on: numbers separated by commas.
 */
submittedandagents?: (string | number)
/**
 * Only records of this supplier.
 */
supplier_id?: number
/**
 * Only tickets with these statuses of the supplier: numbers separated by commas.
 */
supplier_status?: (string | number)
/**
 * Only records of these teams: team numbers separated by commas, not names.
 */
team?: (string | number)
/**
 * Only tickets of this team, by name.
 */
team_name?: string
/**
 * A ticket area of Halo (a section of its screens) to which the list is restricted.
 */
ticketarea_id?: number
/**
 * Only tickets under this contract.
 */
ticketcontract_id?: number
/**
 * Rows hold nothing but ids.
 */
ticketidonly?: boolean
/**
 * Only these tickets: numbers separated by commas.
 */
ticketids?: (string | number)
/**
 * Which kind of link between tickets is meant, as Halo numbers them.
 */
ticketlinktype?: number
/**
 * Only records below this top level (group of clients).
 */
toplevel_id?: number
/**
 * Only tickets that are not linked to another one.
 */
unlinked_only?: boolean
/**
 * Only records of the user with this login name.
 */
username?: string
/**
 * Minutes between the caller's time and UTC. Leave it out: Halo's sign differs between versions, and without it all times are UTC.
 */
utcoffset?: number
/**
 * A saved view of Halo whose filters to apply. Halo has ignored it for API callers on some versions: check the rows.
 */
view_id?: number
/**
 * Only tickets with files.
 */
withattachments?: boolean
/**
 * Custom fields to add to each row: their ids separated by commas.
 */
include_custom_fields?: (string | number)
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface TopLevelFields {
/**
 * The record's number in Halo.
 */
id?: number
/**
 * The name people see.
 */
name?: (string | null)
parentid?: (number | null)
notes?: (string | null)
/**
 * The organisation of the MSP.
 */
organisation_id?: (number | null)
type?: (number | null)
mailbox_override?: (number | null)
agents?: (UnameDepartment[] | null)
users?: (UserDepartment[] | null)
teams?: (TeamRowFields[] | null)
agent_members?: (AgentRowFields[] | null)
managers?: (Manager[] | null)
long_name?: (string | null)
guid?: (string | null)
intent?: (string | null)
accounts_override_mailbox?: (number | null)
kashflowurl?: (string | null)
kashflowusername?: (string | null)
kashflowpassword?: (string | null)
agent_department?: (boolean | null)
messagegroup_id?: (number | null)
cannedtext?: (CannedText[] | null)
templates?: (TemplateRow[] | null)
announcement?: (string | null)
invoice_class?: (string | null)
quote_profit_currency?: (number | null)
quote_profit_currency_name?: (string | null)
_warning?: (string | null)
_canupdate?: (boolean | null)
organisation_guid?: (string | null)
organisation_name?: (string | null)
org_department_name?: (string | null)
user_count?: (number | null)
toplevel_mailbox_override?: (number | null)
concurrent_lic_limit?: (number | null)
/**
 * What Halo shows as the record's one-line title. Answered by Halo.
 */
use?: (string | null)
open_ticket_count?: (number | null)
onhold_ticket_count?: (number | null)
total_ticket_count?: (number | null)
opened_thismonth_count?: (number | null)
}
export interface TopLevelsGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * Adds the agents.
 */
include_agents?: boolean
/**
 * Adds the teams.
 */
include_teams?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
}
export interface TopLevelsListInput {
/**
 * Text to look for in the main fields of the record. Halo's search is fuzzy: compare the rows yourself before relying on a match.
 */
search?: string
/**
 * Only what belongs to the departments of the API's agent.
 */
agent_departments_only?: boolean
/**
 * Only records that the API's agent may edit.
 */
can_edit_only?: boolean
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * Adds the agents.
 */
include_agents?: boolean
/**
 * Adds the managers of each row.
 */
include_managers?: boolean
/**
 * Adds the teams.
 */
include_teams?: boolean
/**
 * The tree as the organisation chart shows it.
 */
isorgchart?: boolean
/**
 * Only what belongs to this organisation of the MSP.
 */
org_id?: number
/**
 * True lists what would be hidden from the API's agent by its restrictions.
 */
show_all?: boolean
/**
 * The kind of top level, as Halo numbers kinds.
 */
type?: number
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface UsersGetInput {
/**
 * The record's number in Halo.
 */
id: number
/**
 * The client on whose behalf the user is read.
 */
client_id?: number
/**
 * The site on whose behalf the user is read.
 */
site_id?: number
/**
 * The client on whose behalf the record is read.
 */
client_override?: number
/**
 * The kind of ticket the list is wanted for: `reqs`, `opps` or `prjs`.
 */
domain?: string
/**
 * Adds recent activity to the reply.
 */
includeactivity?: boolean
/**
 * Adds what billing knows about the user.
 */
includebillinginfo?: boolean
/**
 * Adds the record's sub-objects (custom fields, lines, lists of related records) to the reply.
 */
includedetails?: boolean
/**
 * Adds the pop-up notes.
 */
includepopups?: boolean
/**
 * Adds the assets of the user.
 */
includeusersassets?: boolean
/**
 * The reply as the set-up screen shows it.
 */
issetup?: boolean
/**
 * The opportunity for which the users are wanted.
 */
opp_id?: number
/**
 * The site on whose behalf the user is read.
 */
site_override?: number
/**
 * Only records of this supplier.
 */
supplier_id?: number
/**
 * Only what is allowed for this ticket type.
 */
tickettype_id?: number
/**
 * Only records of the user with this login name.
 */
username?: string
}
export interface UsersListInput {
/**
 * Only records of this client.
 */
client_id?: number
/**
 * Only records of this site.
 */
site_id?: number
/**
 * Text to look for in names, e-mail addresses and phone numbers. Fuzzy: compare `emailaddress` yourself.
 */
search?: string
/**
 * Which records to list by whether they are active, as Halo's own screens send it; `includeinactive` is simpler.
 */
activeinactive?: string
/**
 * A JSON text of conditions, such as `[{"filter_name":"azureoid","filter_type":2,"filter_value":"…"}]`; type 2 means equal.
 */
advanced_search?: string
/**
 * Only users that may approve anything.
 */
allapprovers?: boolean
/**
 * Only users that may approve.
 */
approvers_only?: boolean
/**
 * Only users of this asset.
 */
asset_id?: number
/**
 * Only records under this contract.
 */
contract_id?: number
/**
 * Only records of this department of the MSP.
 */
department_id?: number
/**
 * Leaves out users that are agents too.
 */
exclude_agents?: boolean
/**
 * Leaves out the default user of each site.
 */
exclude_defaultsiteusers?: boolean
/**
 * Leaves out the General User that every site has.
 */
exclude_generaluser?: boolean
/**
 * Rows hold nothing but ids: the cheapest way to count or compare.
 */
idonly?: boolean
/**
 * False leaves active records out; useful with `includeinactive`.
 */
includeactive?: boolean
/**
 * Adds what billing knows about the user.
 */
includebillinginfo?: boolean
/**
 * True lists inactive records too.
 */
includeinactive?: boolean
/**
 * Adds the full name.
 */
includename?: boolean
/**
 * False leaves out people; useful with `includeserviceaccount`.
 */
includenonserviceaccount?: boolean
/**
 * Adds the notes of each record to its row.
 */
includenotes?: boolean
/**
 * True lists service accounts too.
 */
includeserviceaccount?: boolean
/**
 * The name of an integration, where the list is wanted for mapping one.
 */
integration_type?: string
/**
 * Users that can follow a ticket.
 */
is_followers?: boolean
/**
 * The list as Halo's 3CX integration needs it.
 */
is3cxcall?: boolean
/**
 * Only records changed at or after this time (ISO 8601, UTC, no zone).
 */
lastupdatefromdate?: string
/**
 * Only records changed at or before this time (ISO 8601, UTC, no zone).
 */
lastupdatetodate?: string
/**
 * Only records that use this software licence.
 */
licence_id?: number
/**
 * Sorts users that are agents first.
 */
listagentuserfirst?: boolean
/**
 * Only users of the clients that the caller may see.
 */
myallcustomers?: boolean
/**
 * Only users of the caller's own client.
 */
myarea?: boolean
/**
 * Only users of the caller's own department.
 */
mydepartment?: boolean
/**
 * Only records of the site of the caller.
 */
mysite?: boolean
/**
 * Only contacts of the caller's own site.
 */
mysitecontact?: boolean
/**
 * Only users of the caller's own top level.
 */
mytoplevel?: boolean
/**
 * The opportunity for which the users are wanted.
 */
opp_id?: number
/**
 * Only records of this organisation of the MSP.
 */
organisation_id?: number
/**
 * Only people with this role.
 */
role?: number
/**
 * True looks for `search` in phone numbers too.
 */
search_phonenumbers?: boolean
/**
 * Only records of this supplier.
 */
supplier_id?: number
/**
 * Only what is allowed for this ticket type.
 */
tickettype_id?: number
/**
 * Only records below this top level (group of clients).
 */
toplevel_id?: number
/**
 * At most this many rows. Halo heeds it only while paging is off (`pageinate: false`).
 */
count?: number
/**
 * Which page to read, from 1.
 */
page_no?: number
/**
 * Rows per page: 50 unless said otherwise, and Halo caps it at 100.
 */
page_size?: number
/**
 * Switches paging on (Halo's spelling). Haloflow sends true on lists that page.
 */
pageinate?: boolean
/**
 * The field to sort by, such as `id`.
 */
order?: string
/**
 * True sorts `order` from high to low.
 */
orderdesc?: boolean
/**
 * A second field to sort by, for rows equal in `order`.
 */
order2?: string
/**
 * True sorts `order2` from high to low.
 */
orderdesc2?: boolean
/**
 * A third field to sort by.
 */
order3?: string
/**
 * True sorts `order3` from high to low.
 */
orderdesc3?: boolean
/**
 * A fourth field to sort by.
 */
order4?: string
/**
 * True sorts `order4` from high to low.
 */
orderdesc4?: boolean
/**
 * A fifth field to sort by.
 */
order5?: string
/**
 * True sorts `order5` from high to low.
 */
orderdesc5?: boolean
}
export interface TicketRow extends TicketRowFields {
  id: number;
}
export interface Ticket extends TicketFields {
  id: number;
}
export interface Action extends ActionFields {
  id: number;
}
export interface AgentRow extends AgentRowFields {
  id: number;
}
export interface Agent extends AgentFields {
  id: number;
}
export interface AppointmentRow extends AppointmentRowFields {
  id: number;
}
export interface Appointment extends AppointmentFields {
  id: number;
}
export interface AssetRow extends AssetRowFields {
  id: number;
}
export interface Asset extends AssetFields {
  id: number;
}
export interface AttachmentRow extends AttachmentRowFields {
  id: number;
}
export interface Attachment extends AttachmentFields {
  id: number;
}
export interface ClientRow extends ClientRowFields {
  id: number;
}
export interface Client extends ClientFields {
  id: number;
}
export interface ContractRow extends ContractRowFields {
  id: number;
}
export interface Contract extends ContractFields {
  id: number;
}
export interface Invoice extends InvoiceFields {
  id: number;
}
export interface Item extends ItemFields {
  id: number;
}
export interface KnowledgeBaseArticleRow extends KnowledgeBaseArticleRowFields {
  id: number;
}
export interface KnowledgeBaseArticle extends KnowledgeBaseArticleFields {
  id: number;
}
export interface Organisation extends OrganisationFields {
  id: number;
}
export interface Quote extends QuoteFields {
  id: number;
}
export interface ReportRow extends ReportRowFields {
  id: number;
}
export interface Report extends ReportFields {
  id: number;
}
export interface SiteRow extends SiteRowFields {
  id: number;
}
export interface Site extends SiteFields {
  id: number;
}
export interface Status extends StatusFields {
  id: number;
}
export interface Supplier extends SupplierFields {
  id: number;
}
export interface TeamRow extends TeamRowFields {
  id: number;
}
export interface Team extends TeamFields {
  id: number;
}
export interface TicketTypeRow extends TicketTypeRowFields {
  id: number;
}
export interface TicketType extends TicketTypeFields {
  id: number;
}
export interface TopLevelRow extends TopLevelRowFields {
  id: number;
}
export interface TopLevel extends TopLevelFields {
  id: number;
}
export interface UserRow extends UserRowFields {
  id: number;
}
export interface User extends UserFields {
  id: number;
}
export type TicketUpsert = TicketFields;
export interface TicketCreate extends TicketFields {
  id?: never;
  summary: string;
}
export interface TicketUpdate extends TicketFields {
  id: number;
}
export type ActionUpsert = ActionFields;
export interface ActionCreate extends ActionFields {
  id?: never;
  ticket_id: number;
}
export interface ActionUpdate extends ActionFields {
  id: number;
}
export type AgentUpsert = AgentFields;
export interface AgentCreate extends AgentFields {
  id?: never;
  name: string;
  email: string;
}
export interface AgentUpdate extends AgentFields {
  id: number;
}
export type AppointmentUpsert = AppointmentFields;
export interface AppointmentCreate extends AppointmentFields {
  id?: never;
  subject: string;
  start_date: string;
  end_date: string;
}
export interface AppointmentUpdate extends AppointmentFields {
  id: number;
}
export type AssetUpsert = AssetFields;
export interface AssetCreate extends AssetFields {
  id?: never;
  assettype_id: number;
  inventory_number: string;
}
export interface AssetUpdate extends AssetFields {
  id: number;
}
export type AttachmentUpsert = AttachmentFields;
export interface AttachmentCreate extends AttachmentFields {
  id?: never;
  filename: string;
  data_base64: string;
}
export interface AttachmentUpdate extends AttachmentFields {
  id: number;
}
export type ClientUpsert = ClientFields;
export interface ClientCreate extends ClientFields {
  id?: never;
  name: string;
}
export interface ClientUpdate extends ClientFields {
  id: number;
}
export type ContractUpsert = ContractFields;
export interface ContractCreate extends ContractFields {
  id?: never;
  client_id: number;
}
export interface ContractUpdate extends ContractFields {
  id: number;
}
export type InvoiceUpsert = InvoiceFields;
export interface InvoiceCreate extends InvoiceFields {
  id?: never;
  client_id: number;
}
export interface InvoiceUpdate extends InvoiceFields {
  id: number;
}
export type ItemUpsert = ItemFields;
export interface ItemCreate extends ItemFields {
  id?: never;
  name: string;
}
export interface ItemUpdate extends ItemFields {
  id: number;
}
export type KnowledgeBaseArticleUpsert = KnowledgeBaseArticleFields;
export interface KnowledgeBaseArticleCreate extends KnowledgeBaseArticleFields {
  id?: never;
  name: string;
}
export interface KnowledgeBaseArticleUpdate extends KnowledgeBaseArticleFields {
  id: number;
}
export type OrganisationUpsert = OrganisationFields;
export interface OrganisationCreate extends OrganisationFields {
  id?: never;
  name: string;
}
export interface OrganisationUpdate extends OrganisationFields {
  id: number;
}
export type QuoteUpsert = QuoteFields;
export interface QuoteCreate extends QuoteFields {
  id?: never;
  client_id: number;
}
export interface QuoteUpdate extends QuoteFields {
  id: number;
}
export type ReportUpsert = ReportFields;
export interface ReportCreate extends ReportFields {
  id?: never;
  name: string;
  sql: string;
}
export interface ReportUpdate extends ReportFields {
  id: number;
}
export type SiteUpsert = SiteFields;
export interface SiteCreate extends SiteFields {
  id?: never;
  name: string;
  client_id: number;
}
export interface SiteUpdate extends SiteFields {
  id: number;
}
export type StatusUpsert = StatusFields;
export interface StatusCreate extends StatusFields {
  id?: never;
  name: string;
}
export interface StatusUpdate extends StatusFields {
  id: number;
}
export type SupplierUpsert = SupplierFields;
export interface SupplierCreate extends SupplierFields {
  id?: never;
  name: string;
}
export interface SupplierUpdate extends SupplierFields {
  id: number;
}
export type TeamUpsert = TeamFields;
export interface TeamCreate extends TeamFields {
  id?: never;
  name: string;
}
export interface TeamUpdate extends TeamFields {
  id: number;
}
export type UserUpsert = UserFields;
export interface UserCreate extends UserFields {
  id?: never;
}
export interface UserUpdate extends UserFields {
  id: number;
}
