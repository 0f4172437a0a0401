using CertFunctions.Core.Lms;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Webhooks;

/// <summary>What the LMS said and could not be done. With <c>replayed</c> it says what has just come of one.</summary>
public sealed class ShowDeadLetters(DeadLetterService letters, Lists lists)
{
    [Function(nameof(ShowDeadLetters)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "webhooks")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var errorCode = input.Query.Text("errorCode").OrNull();
        var @event = input.Query.Text("event").OrNull();
        var replayed = input.Query.Boolean("replayed").OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await letters.ListAsync(errorCode, @event, page, cancellationToken);
        return PageAnswer.Of<DeadLettersView, DeadLetterList>(
            new DeadLetterList(found.Items, errorCode ?? "", @event ?? "", replayed, await ListPlace.OfAsync(lists, input, found, cancellationToken)));
    }
}

/// <param name="ErrorCode">As it was asked for; empty: all.</param>
/// <param name="Event">The same.</param>
/// <param name="Replayed">Whether one was just applied; null: none was tried.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetter> Items, string ErrorCode, string Event, bool? Replayed, ListPlace Place);
