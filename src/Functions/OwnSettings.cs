using System.Collections.Frozen;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions;

/// <summary>The settings of our own sections: which of them mean nothing here, and what is in force. Never a secret.</summary>
internal static class OwnSettings
{
    public static FrozenSet<string> Known { get; } = new[]
    {
        "Auth:Authority", "Auth:Audience", "Auth:UserIdClaim",
        "CertStorage", "CertStorage:tableServiceUri", "CertStorage:queueServiceUri", "CertStorage:blobServiceUri",
        "CertStorage:credential", "CertStorage:clientId",
        "Jobs:StalledAfterSeconds",
        "Limits:ConfirmAbove", "Limits:WritesPerMinute",
        "Organisation:TimeZone",
        "Webhooks:Lms:Basic:Username", "Webhooks:Lms:Basic:Password", "Webhooks:Lms:Secrets:0", "Webhooks:Lms:Secrets:1",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Sections = ["Auth", "CertStorage", "Jobs", "Limits", "Organisation", "Webhooks"];

    /// <summary>As they are written in an environment: <c>Jobs__StaledAfterSeconds</c>.</summary>
    public static IReadOnlyList<string> Unknown(IConfiguration settings) =>
    [
        .. Sections.SelectMany(section => settings.GetSection(section).AsEnumerable())
            .Where(setting => setting.Value is not null && !Known.Contains(setting.Key))
            .Select(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="StartException">A value is wrong.</exception>
    public static string InForce(IConfiguration settings)
    {
        var webhooks = WebhookSettings.Of(settings);
        return string.Join(", ", new[]
        {
            AuthOf(AuthSettings.Of(settings)),
            $"CertStorage {StorageOf(settings.GetSection(StorageNames.Connection))}",
            $"Jobs__StalledAfterSeconds {JobServices.SweepSettingsOf(settings).StalledAfter.TotalSeconds:0}",
            $"Limits__ConfirmAbove {AwardingServices.AwardUsersSettingsOf(settings).ConfirmAbove}",
            $"Limits__WritesPerMinute {WriteLimit.PerMinute(settings)}",
            $"Organisation__TimeZone {OrganisationTimeZone.Of(settings).Id}",
            $"Webhooks__Lms__Secrets {webhooks.Secrets.Count} set",
            $"Webhooks__Lms__Basic {(webhooks.Basic is null ? "not set" : "set")}",
        });
    }

    private static string AuthOf(AuthSettings auth) => auth.Authority is null
        ? "Auth__Authority none"
        : $"Auth__Authority {auth.Authority}, Auth__Audience {auth.Audience}, Auth__UserIdClaim {auth.UserIdClaim}, "
            + $"the platform's sign-in {(auth.PlatformSignsIn ? "taken" : "not taken")}";

    private static string StorageOf(IConfigurationSection storage) =>
        !string.IsNullOrEmpty(storage.Value) ? "a connection string" : storage["tableServiceUri"] ?? "none";
}
