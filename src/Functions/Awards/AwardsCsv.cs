using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Ingestion.Csv;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Awards;

/// <summary>Awards as CSV: the columns of the awards import, then what else a reader wants to know. Streamed row by row.</summary>
internal sealed class AwardsCsv(IAsyncEnumerable<ListedAward> awards, DateOnly today, string fileName) : IResult
{
    private static readonly string[] Header =
    [
        "username", "certification_code", "certification_issue_date", "always_valid", "type", "certification_expire_date",
        "external_training_id", "user_id", "first_name", "last_name", "status", "days_to_renew",
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        httpContext.Response.ContentType = "text/csv; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        try
        {
            // A double click in Excel takes a file without it for one of another encoding, and garbles every umlaut.
            await httpContext.Response.Body.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken);
            await using var csv = CsvWriter.Create(httpContext.Response.Body, leaveOpen: true);
            await csv.WriteRecordAsync(Header, cancellationToken);
            await foreach (var award in awards.WithCancellation(cancellationToken))
            {
                Write(csv, award);
                await csv.EndRecordAsync(cancellationToken);
            }
        }
        catch when (httpContext.Response.HasStarted)
        {
            // Cut off, so that nobody takes a part for the whole.
            httpContext.Abort();
            throw;
        }
    }

    private void Write(CsvWriter csv, ListedAward award)
    {
        var standing = award.StandingOn(today);
        foreach (var cell in CellsOf(award, standing))
        {
            csv.WriteText(cell);
        }

        csv.WriteField(standing.DaysToRenew);
    }

    private static string[] CellsOf(ListedAward listed, AwardStanding standing)
    {
        var (certification, award, user) = listed;
        return
        [
            user.Username,
            certification.Code.Value,
            CalendarDate.ToText(award.IssuedOn),
            award.AlwaysValid ? "1" : "0",
            TypeOf(award.Association.Type),
            award.ExpiresOn is { } expiresOn ? CalendarDate.ToText(expiresOn) : "",
            award.Association.Type == AssociationType.ExternalTraining ? award.Association.ActivityId!.Value : "",
            award.UserId.Value,
            user.FirstName,
            user.LastName,
            StatusOf(standing.Status),
        ];
    }

    private static string TypeOf(AssociationType type) => type switch
    {
        AssociationType.Manual => "manual",
        AssociationType.Completion => "completion",
        _ => "external_training",
    };

    private static string StatusOf(AwardStatus status) => status switch
    {
        AwardStatus.Valid => "valid",
        AwardStatus.Expiring => "expiring",
        _ => "expired",
    };
}
