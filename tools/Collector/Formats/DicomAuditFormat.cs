using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>
/// DICOM's audit message "Security Alert" (PS3.15, A.5.3.11) in syslog (A.6), for a site's ATNA repository: incidents of a box
/// that are not expected. The message has to have a time: that of conversion where the box had no clock, and a detail says so.
/// </summary>
/// <param name="format">The definition.</param>
/// <param name="clock">The time of conversion.</param>
internal sealed class DicomAuditFormat(AlertFormat format, TimeProvider clock)
{
    /// <summary>Severity as EventOutcomeIndicator: 0 information, 4 minor, 8 serious, 12 major.</summary>
    private static readonly int[] Outcomes = [0, 0, 4, 4, 8, 12];

    private readonly Dictionary<string, AlertKind> _kinds = format.Kinds.ToDictionary(k => k.Msgid);

    /// <summary>Converts an incident's line.</summary>
    public string? Convert(AlertLine line)
    {
        if (!line.IsIncident || line["expected"].Length > 0)
        {
            return null;
        }

        string stamp = (line.Time ?? clock.GetUtcNow()).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string boot = line.Boot?.ToString(CultureInfo.InvariantCulture) ?? "-";
        string xml = Message(line, stamp).ToString(SaveOptions.DisableFormatting);
        return $"<85>1 {stamp} {line.HostName} tap {boot} DICOM+RFC3881 - \ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?>{xml}";
    }

    private XElement Message(AlertLine line, string stamp)
    {
        int outcome = Outcomes[(int)Math.Clamp(line.Number("severity"), 0, 5)];
        return new XElement("AuditMessage",
            new XElement("EventIdentification",
                new XAttribute("EventActionCode", "E"), new XAttribute("EventDateTime", stamp),
                    new XAttribute("EventOutcomeIndicator", outcome),
                Code("EventID", "110113", "DCM", "Security Alert"), EventType(line)),
            Participant(line.HostName, isRequestor: true, line.HostName, "1"),
            Participant(line["src"], isRequestor: false, line["src"], LineFacts.IsAddress(line["src"]) ? "2" : "1"),
            new XElement("AuditSourceIdentification",
                line["site"].Length > 0 ? new XAttribute("AuditEnterpriseSiteID", line["site"]) : null,
                    new XAttribute("AuditSourceID", line.HostName),
                new XElement("AuditSourceTypeCode", new XAttribute("csd-code", "8"))),
            new XElement("ParticipantObjectIdentification",
                new XAttribute("ParticipantObjectID", line["dst"]), new XAttribute("ParticipantObjectTypeCode", "2"),
                    new XAttribute("ParticipantObjectTypeCodeRole", "13"),
                Code("ParticipantObjectIDTypeCode", "110182", "DCM", "Node ID"),
                Detail("Alert Description", line.Message.Length > 0 ? line.Message : LineFacts.Title(line)),
                Detail("Incident", LineFacts.NameOf(line)),
                line.Time is null ? Detail("Time", "of conversion: the box had no clock") : null,
                line.Parameters.Select(p => Detail(p.Key, p.Value))));
    }

    /// <summary>DICOM has a code for the use of a restricted function; for the rest the kind's own word.</summary>
    private XElement EventType(AlertLine line) => line.Kind == "restricted-service"
        ? Code("EventTypeCode", "110132", "DCM", "Use of Restricted Function")
        : Code("EventTypeCode", line.Kind, "99TAP", _kinds.TryGetValue(line.Kind, out AlertKind? kind) ? kind.Meaning
            : line.Kind);

    private static XElement Participant(string user, bool isRequestor, string address, string type) => new("ActiveParticipant",
        new XAttribute("UserID", user), new XAttribute("UserIsRequestor", isRequestor ? "true" : "false"),
        new XAttribute("NetworkAccessPointID", address), new XAttribute("NetworkAccessPointTypeCode", type));

    private static XElement Code(string name, string code, string system, string text) =>
        new(name, new XAttribute("csd-code", code), new XAttribute("codeSystemName", system),
            new XAttribute("originalText", text));

    private static XElement Detail(string type, string value) =>
        new("ParticipantObjectDetail", new XAttribute("type", type),
            new XAttribute("value", System.Convert.ToBase64String(Encoding.UTF8.GetBytes(value))));
}
