// Generated from catalogue/cmdlets/ by npm run gen; do not edit.
import type { Cmdlet } from './cmdlet.ts';
import addADPermission from './catalogue/cmdlets/Add-ADPermission.json' with { type: 'json' };
import enableExchangeCertificate from './catalogue/cmdlets/Enable-ExchangeCertificate.json' with { type: 'json' };
import exportExchangeCertificate from './catalogue/cmdlets/Export-ExchangeCertificate.json' with { type: 'json' };
import getADPermission from './catalogue/cmdlets/Get-ADPermission.json' with { type: 'json' };
import getADSite from './catalogue/cmdlets/Get-ADSite.json' with { type: 'json' };
import getADSiteLink from './catalogue/cmdlets/Get-ADSiteLink.json' with { type: 'json' };
import getAcceptedDomain from './catalogue/cmdlets/Get-AcceptedDomain.json' with { type: 'json' };
import getDeliveryAgentConnector from './catalogue/cmdlets/Get-DeliveryAgentConnector.json' with { type: 'json' };
import getEdgeSubscription from './catalogue/cmdlets/Get-EdgeSubscription.json' with { type: 'json' };
import getEdgeSyncServiceConfig from './catalogue/cmdlets/Get-EdgeSyncServiceConfig.json' with { type: 'json' };
import getExchangeCertificate from './catalogue/cmdlets/Get-ExchangeCertificate.json' with { type: 'json' };
import getExchangeServer from './catalogue/cmdlets/Get-ExchangeServer.json' with { type: 'json' };
import getForeignConnector from './catalogue/cmdlets/Get-ForeignConnector.json' with { type: 'json' };
import getFrontendTransportService from './catalogue/cmdlets/Get-FrontendTransportService.json' with { type: 'json' };
import getMailboxTransportService from './catalogue/cmdlets/Get-MailboxTransportService.json' with { type: 'json' };
import getMessage from './catalogue/cmdlets/Get-Message.json' with { type: 'json' };
import getMessageTrackingLog from './catalogue/cmdlets/Get-MessageTrackingLog.json' with { type: 'json' };
import getQueue from './catalogue/cmdlets/Get-Queue.json' with { type: 'json' };
import getQueueDigest from './catalogue/cmdlets/Get-QueueDigest.json' with { type: 'json' };
import getReceiveConnector from './catalogue/cmdlets/Get-ReceiveConnector.json' with { type: 'json' };
import getRemoteDomain from './catalogue/cmdlets/Get-RemoteDomain.json' with { type: 'json' };
import getSendConnector from './catalogue/cmdlets/Get-SendConnector.json' with { type: 'json' };
import getTransportConfig from './catalogue/cmdlets/Get-TransportConfig.json' with { type: 'json' };
import getTransportServer from './catalogue/cmdlets/Get-TransportServer.json' with { type: 'json' };
import getTransportService from './catalogue/cmdlets/Get-TransportService.json' with { type: 'json' };
import getX400AuthoritativeDomain from './catalogue/cmdlets/Get-X400AuthoritativeDomain.json' with { type: 'json' };
import importExchangeCertificate from './catalogue/cmdlets/Import-ExchangeCertificate.json' with { type: 'json' };
import newAcceptedDomain from './catalogue/cmdlets/New-AcceptedDomain.json' with { type: 'json' };
import newDeliveryAgentConnector from './catalogue/cmdlets/New-DeliveryAgentConnector.json' with { type: 'json' };
import newEdgeSubscription from './catalogue/cmdlets/New-EdgeSubscription.json' with { type: 'json' };
import newEdgeSyncServiceConfig from './catalogue/cmdlets/New-EdgeSyncServiceConfig.json' with { type: 'json' };
import newExchangeCertificate from './catalogue/cmdlets/New-ExchangeCertificate.json' with { type: 'json' };
import newForeignConnector from './catalogue/cmdlets/New-ForeignConnector.json' with { type: 'json' };
import newReceiveConnector from './catalogue/cmdlets/New-ReceiveConnector.json' with { type: 'json' };
import newRemoteDomain from './catalogue/cmdlets/New-RemoteDomain.json' with { type: 'json' };
import newSendConnector from './catalogue/cmdlets/New-SendConnector.json' with { type: 'json' };
import newX400AuthoritativeDomain from './catalogue/cmdlets/New-X400AuthoritativeDomain.json' with { type: 'json' };
import redirectMessage from './catalogue/cmdlets/Redirect-Message.json' with { type: 'json' };
import removeADPermission from './catalogue/cmdlets/Remove-ADPermission.json' with { type: 'json' };
import removeAcceptedDomain from './catalogue/cmdlets/Remove-AcceptedDomain.json' with { type: 'json' };
import removeDeliveryAgentConnector from './catalogue/cmdlets/Remove-DeliveryAgentConnector.json' with { type: 'json' };
import removeEdgeSubscription from './catalogue/cmdlets/Remove-EdgeSubscription.json' with { type: 'json' };
import removeExchangeCertificate from './catalogue/cmdlets/Remove-ExchangeCertificate.json' with { type: 'json' };
import removeForeignConnector from './catalogue/cmdlets/Remove-ForeignConnector.json' with { type: 'json' };
import removeMessage from './catalogue/cmdlets/Remove-Message.json' with { type: 'json' };
import removeReceiveConnector from './catalogue/cmdlets/Remove-ReceiveConnector.json' with { type: 'json' };
import removeRemoteDomain from './catalogue/cmdlets/Remove-RemoteDomain.json' with { type: 'json' };
import removeSendConnector from './catalogue/cmdlets/Remove-SendConnector.json' with { type: 'json' };
import removeX400AuthoritativeDomain from './catalogue/cmdlets/Remove-X400AuthoritativeDomain.json' with { type: 'json' };
import resumeMessage from './catalogue/cmdlets/Resume-Message.json' with { type: 'json' };
import resumeQueue from './catalogue/cmdlets/Resume-Queue.json' with { type: 'json' };
import retryQueue from './catalogue/cmdlets/Retry-Queue.json' with { type: 'json' };
import setADSite from './catalogue/cmdlets/Set-ADSite.json' with { type: 'json' };
import setADSiteLink from './catalogue/cmdlets/Set-ADSiteLink.json' with { type: 'json' };
import setAcceptedDomain from './catalogue/cmdlets/Set-AcceptedDomain.json' with { type: 'json' };
import setDeliveryAgentConnector from './catalogue/cmdlets/Set-DeliveryAgentConnector.json' with { type: 'json' };
import setEdgeSyncServiceConfig from './catalogue/cmdlets/Set-EdgeSyncServiceConfig.json' with { type: 'json' };
import setForeignConnector from './catalogue/cmdlets/Set-ForeignConnector.json' with { type: 'json' };
import setFrontendTransportService from './catalogue/cmdlets/Set-FrontendTransportService.json' with { type: 'json' };
import setMailboxTransportService from './catalogue/cmdlets/Set-MailboxTransportService.json' with { type: 'json' };
import setReceiveConnector from './catalogue/cmdlets/Set-ReceiveConnector.json' with { type: 'json' };
import setRemoteDomain from './catalogue/cmdlets/Set-RemoteDomain.json' with { type: 'json' };
import setSendConnector from './catalogue/cmdlets/Set-SendConnector.json' with { type: 'json' };
import setTransportConfig from './catalogue/cmdlets/Set-TransportConfig.json' with { type: 'json' };
import setTransportServer from './catalogue/cmdlets/Set-TransportServer.json' with { type: 'json' };
import setTransportService from './catalogue/cmdlets/Set-TransportService.json' with { type: 'json' };
import setX400AuthoritativeDomain from './catalogue/cmdlets/Set-X400AuthoritativeDomain.json' with { type: 'json' };
import startEdgeSynchronization from './catalogue/cmdlets/Start-EdgeSynchronization.json' with { type: 'json' };
import suspendMessage from './catalogue/cmdlets/Suspend-Message.json' with { type: 'json' };
import suspendQueue from './catalogue/cmdlets/Suspend-Queue.json' with { type: 'json' };
import testEdgeSynchronization from './catalogue/cmdlets/Test-EdgeSynchronization.json' with { type: 'json' };
import testMailflow from './catalogue/cmdlets/Test-Mailflow.json' with { type: 'json' };
import testSmtpConnectivity from './catalogue/cmdlets/Test-SmtpConnectivity.json' with { type: 'json' };

/** All cmdlets of the catalogue. Only scripts need them; lint reads cmdlets.ts, which loads fast. */
export const cmdletFiles: readonly Cmdlet[] = [
  addADPermission,
  enableExchangeCertificate,
  exportExchangeCertificate,
  getADPermission,
  getADSite,
  getADSiteLink,
  getAcceptedDomain,
  getDeliveryAgentConnector,
  getEdgeSubscription,
  getEdgeSyncServiceConfig,
  getExchangeCertificate,
  getExchangeServer,
  getForeignConnector,
  getFrontendTransportService,
  getMailboxTransportService,
  getMessage,
  getMessageTrackingLog,
  getQueue,
  getQueueDigest,
  getReceiveConnector,
  getRemoteDomain,
  getSendConnector,
  getTransportConfig,
  getTransportServer,
  getTransportService,
  getX400AuthoritativeDomain,
  importExchangeCertificate,
  newAcceptedDomain,
  newDeliveryAgentConnector,
  newEdgeSubscription,
  newEdgeSyncServiceConfig,
  newExchangeCertificate,
  newForeignConnector,
  newReceiveConnector,
  newRemoteDomain,
  newSendConnector,
  newX400AuthoritativeDomain,
  redirectMessage,
  removeADPermission,
  removeAcceptedDomain,
  removeDeliveryAgentConnector,
  removeEdgeSubscription,
  removeExchangeCertificate,
  removeForeignConnector,
  removeMessage,
  removeReceiveConnector,
  removeRemoteDomain,
  removeSendConnector,
  removeX400AuthoritativeDomain,
  resumeMessage,
  resumeQueue,
  retryQueue,
  setADSite,
  setADSiteLink,
  setAcceptedDomain,
  setDeliveryAgentConnector,
  setEdgeSyncServiceConfig,
  setForeignConnector,
  setFrontendTransportService,
  setMailboxTransportService,
  setReceiveConnector,
  setRemoteDomain,
  setSendConnector,
  setTransportConfig,
  setTransportServer,
  setTransportService,
  setX400AuthoritativeDomain,
  startEdgeSynchronization,
  suspendMessage,
  suspendQueue,
  testEdgeSynchronization,
  testMailflow,
  testSmtpConnectivity,
] as unknown as readonly Cmdlet[];
