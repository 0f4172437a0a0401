using System.Globalization;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Forecasts;

/// <summary>The people behind a month of the forecast, whatever it is that expires.</summary>
public sealed class ShowForecastMonth(AllAwardsService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ShowForecastMonth)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "forecast/{month}")] HttpRequest request,
        string month,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            return Problem.Of(Rejection.Invalid(ErrorCode.InvalidRequest, "month", "must be a month YYYY-MM"));
        }

        // Not the first of the next one, which the last month of the calendar has not.
        var last = first.AddDays(DateTime.DaysInMonth(first.Year, first.Month) - 1);
        var found = await awards.ListAsync(new AwardFilter(null, first, last), page, cancellationToken);
        return PageAnswer.Of<ForecastMonthView, ExpiringAwards>(
            new ExpiringAwards(first, found.Items, clock.Today, await ListPlace.OfAsync(lists, input, found, cancellationToken)));
    }
}

/// <param name="Month">Its first day.</param>
public sealed record ExpiringAwards(DateOnly Month, IReadOnlyList<ListedAward> Items, DateOnly Today, ListPlace Place);
