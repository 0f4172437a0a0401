using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Jobs;

/// <summary>The settings of awarding and of jobs: <c>Limits__ConfirmAbove</c> and <c>Jobs__StalledAfterSeconds</c>.</summary>
internal static class JobSettings
{
    public static AwardUsersSettings AwardUsers(IConfiguration settings) =>
        new(NotNegative(settings, "Limits:ConfirmAbove") ?? Limits.ConfirmAbove, Limits.TimeBeforeAnswer);

    public static SweepSettings Sweep(IConfiguration settings) => NotNegative(settings, "Jobs:StalledAfterSeconds") is { } seconds
        ? SweepSettings.Default with { StalledAfter = TimeSpan.FromSeconds(seconds) }
        : SweepSettings.Default;

    private static int? NotNegative(IConfiguration settings, string name) => settings[name] switch
    {
        null or "" => null,
        var text when int.TryParse(text, out var number) && number >= 0 => number,
        var text => throw new StartException($"The setting {name.Replace(":", "__", StringComparison.Ordinal)} must be a whole number from 0 on, not '{text}'."),
    };
}
