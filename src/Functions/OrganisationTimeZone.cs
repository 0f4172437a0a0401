using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions;

/// <summary>The setting <c>Organisation__TimeZone</c>: an IANA name, default UTC.</summary>
internal static class OrganisationTimeZone
{
    private const string Setting = "Organisation:TimeZone";

    /// <exception cref="StartException">No such time zone.</exception>
    public static TimeZoneInfo Of(IConfiguration settings) =>
        settings[Setting] is not { Length: > 0 } name ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone
        : throw new StartException($"Organisation__TimeZone is '{name}', which is no IANA time zone; 'Europe/Berlin' or 'UTC' would be one.");
}
