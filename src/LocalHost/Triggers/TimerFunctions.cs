using System.Text.Json;
using CertFunctions.LocalHost.Worker;
using Microsoft.Azure.WebJobs.Extensions.Timers;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>What a timer function is told, in the words of the real host.</summary>
internal static class TimerFunctions
{
    public static bool IsTimer(Function function) =>
        string.Equals(function.Trigger.Type, "timerTrigger", StringComparison.OrdinalIgnoreCase);

    public static string NowJson() => Json(status: null, isPastDue: false);

    public static string Json(ScheduleStatus? status, bool isPastDue) => JsonSerializer.Serialize(new
    {
        Schedule = new { AdjustForDST = true },
        ScheduleStatus = status is null ? null : new { status.Last, status.Next, status.LastUpdated },
        IsPastDue = isPastDue,
    });
}
