"""Which test holds each page with a list to a literal number of queries, at one row and at three; which have none."""

COUNTED = {
    "tests/tasks/web/test_counts.py": {
        "test_a_list_costs_the_same_with_one_row_and_with_three": [
            "landing",
            "challenges:newest",
            "challenges:batch",
            "challenges:approvals",
            "challenges:approvals_live",
            "work:mine",
            "work:live",
        ],
    },
    "tests/roof/test_counting.py": {
        "test_a_page_costs_the_same_with_one_row_and_with_three": [
            "challenges:detail",
            "challenges:state",
            "challenges:import_faulty",
            "adjudication:assignment",
            "adjudication:assignment_live",
            "adjudication:score",
            "adjudication:notice",
            "proposals:detail",
            "proposals:standing",
        ],
        "test_an_export_costs_the_same_with_one_row_and_with_three": [
            "figures:csv",
            "figures:xlsx",
        ],
    },
    "tests/tasks/test_sharing.py": {
        "test_lists_cost_the_same_with_one_row_and_with_three": ["challenges:batches", "search:alike"],
    },
    "tests/tasks/teams/test_pages.py": {
        "test_the_page_asks_the_same_however_many_members": ["teams:team"],
        "test_the_board_asks_the_same_for_one_notice_and_for_three": ["partners:board"],
    },
    "tests/tasks/test_diagnosis.py": {
        "test_pages_cost_the_same_with_one_row_and_with_more": ["diagnosis:ask", "diagnosis:comment"],
    },
    "tests/tasks/web/test_sheet_pages.py": {
        "test_pages_cost_the_same_with_one_row_and_with_three": [
            "challenges:import",
            "challenges:import_run",
            "challenges:import_progress",
        ],
    },
    "tests/tasks/web_adjudication/test_case.py": {
        "test_the_desk_asks_as_often_for_three_cases_as_for_one": [
            "adjudication:desk",
            "adjudication:desk_live",
        ],
        "test_the_case_asks_as_often_for_three_proposals_as_for_one": [
            "adjudication:case",
            "adjudication:case_live",
        ],
    },
    "tests/tasks/web_adjudication/test_opening.py": {
        "test_the_pages_ask_as_often_for_three_as_for_one": [
            "adjudication:openings",
            "adjudication:opening",
            "adjudication:opening_live",
        ],
    },
    "tests/tasks/web_adjudication/test_reviews.py": {
        "test_the_list_asks_as_often_for_three_seats_as_for_one": [
            "adjudication:reviews",
            "adjudication:reviews_live",
        ],
    },
    "tests/tasks/web_adjudication/test_notices.py": {
        "test_the_board_asks_as_often_for_three_notices_as_for_one": [
            "adjudication:notices",
            "adjudication:notices_live",
        ],
    },
    "tests/search/test_web.py": {
        "test_a_list_costs_the_same_with_one_row_and_with_three": [
            "search:challenges",
            "search:experts",
        ],
    },
    "tests/search/test_counting.py": {
        "test_counts_cost_the_same_with_one_row_and_with_three": [
            "search:challenge_counts",
            "search:expert_counts",
        ],
    },
    "tests/registry/test_archive_pages.py": {
        "test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_three": [
            "archive:list",
        ],
    },
    "tests/administration/test_pages.py": {
        "test_lists_cost_the_same_with_one_row_and_with_three": [
            "administration:overview",
            "administration:queue",
            "administration:grants",
        ],
    },
    "tests/administration/test_lost.py": {
        "test_the_list_costs_the_same_with_one_row_and_with_three": [
            "administration:resets",
        ],
    },
    "tests/administration/test_trail.py": {
        "test_the_page_costs_the_same_with_one_fact_and_with_three": [
            "administration:trail",
        ],
        "test_the_file_costs_the_same_with_one_fact_and_with_three": [
            "administration:export",
        ],
    },
    "tests/notices/test_pages.py": {
        "test_the_list_asks_the_same_number_of_questions_for_more_rows": [
            "notices:list",
        ],
    },
    "tests/accounts/test_organisations.py": {
        "test_the_list_asks_as_often_for_three_as_for_one": [
            "accounts:organisations",
        ],
        "test_the_page_asks_as_often_for_three_people_as_for_one": [
            "accounts:organisation",
        ],
    },
    "tests/oversight/test_pages.py": {
        "test_the_page_asks_the_same_number_of_questions_for_one_row_and_for_three": [
            "figures:overview",
            "figures:region",
        ],
        "test_a_list_asks_the_same_number_of_questions_for_one_row_and_for_three": [
            "figures:list",
        ],
    },
    "tests/provisions/test_provisions_page.py": {
        "test_every_provision_has_its_place_and_no_query_is_asked": [
            "about:provisions",
        ],
    },
    "tests/accounts/test_devices.py": {
        "test_the_page_asks_as_often_for_three_as_for_one": [
            "accounts:devices",
        ],
    },
    "tests/accounts/test_second_factor.py": {
        "test_the_passkeys_cost_the_same_with_one_and_with_three": [
            "mfa_list_webauthn",
        ],
    },
    "tests/accounts/test_connections.py": {
        "test_the_page_asks_as_often_for_three_as_for_one": [
            "socialaccount_connections",
        ],
    },
    "tests/identity/test_pages.py": {
        "test_the_list_asks_as_often_for_three_as_for_one": [
            "identity:waiting",
            "identity:compare",
        ],
    },
    "tests/accounts/test_directory.py": {
        "test_the_page_asks_as_often_for_three_as_for_one": [
            "accounts:directory",
        ],
    },
    "tests/structure/test_belonging.py": {
        "test_the_page_asks_as_often_for_three_as_for_one": [
            "structure:structure",
        ],
    },
    "tests/consents/test_answers.py": {
        "test_the_page_asks_as_often_for_three_as_for_one": [
            "consents:mine",
        ],
    },
    "tests/profiles/test_pages.py": {
        "test_pages_ask_as_often_for_three_as_for_one": [
            "profiles:directory",
            "profiles:person",
            "profiles:mine",
            "profiles:references",
        ],
    },
    "tests/vault/test_bringing.py": {
        "test_the_list_asks_as_often_for_three_as_for_one": [
            "vault:at",
        ],
    },
    "tests/privacy/test_copies.py": {
        "test_page_and_file_ask_as_often_for_three_rows_as_for_one": [
            "privacy:mine",
            "privacy:download",
        ],
    },
    "tests/demo/test_mails.py": {
        "test_the_page_costs_the_same_with_one_and_with_three_letters": [
            "demo:mails",
        ],
    },
}

WITHOUT_A_LIST = {
    "one thing, or a form for one": {
        "accounts:invitation", "accounts:terms", "accounts:terms_version", "identity:mine", "identity:state",
        "accounts:organisation_new", "accounts:organisation_resubmit", "accounts:profile", "adjudication:case_proposal",
        "adjudication:notice_live", "adjudication:recuse", "archive:detail", "challenges:approval", "challenges:edit",
        "challenges:amend", "challenges:suspension", "challenges:cancellation", "questions:ask", "questions:question",
        "challenges:qr", "challenges:calendar",
        "challenges:new", "challenges:preview", "demo:loading", "demo:mail", "proposals:edit", "proposals:submit",
        "consents:consent", "search:expert", "notices:count", "privacy:erase",
        "administration:propose", "administration:request", "administration:reset", "lost:ask", "lost:not_me",
        "vault:content", "vault:open", "sealing:mine", "sealing:enrol", "proposals:receipt", "proposals:receipt_json",
        "proposals:receipt_qr", "proposals:check", "proposals:keys", "proposals:versions", "proposals:compare",
        "proposals:waiting",
        "proposals:receipt_pdf", "proposals:receipt_tsr",
        "profiles:import", "profiles:fetch", "accounts:phone", "accounts:phone_code",
        "teams:invitation", "teams:letters",
    },
    "leads back to its page": {
        "challenges:short",
        "accounts:invitation_accept", "accounts:invitation_decline", "accounts:invitation_withdraw", "accounts:invite",
        "accounts:leave", "accounts:member_hand_over", "accounts:member_place", "accounts:member_remove",
        "accounts:release_rule", "accounts:phone_remove",
        "structure:affiliation_confirm", "structure:affiliation_decline", "structure:affiliation_end",
        "structure:department_close", "structure:department_open", "structure:department_rename",
        "structure:domain_claim", "structure:domain_give_up", "structure:domain_prove", "structure:join",
        "structure:member_place", "structure:parent",
        "identity:return", "vault:remove", "consents:give", "consents:refuse", "consents:revoke", "consents:withdraw",
        "administration:confirm", "administration:refuse", "administration:withdraw",
        "administration:reset_vouch", "administration:reset_confirm", "administration:reset_refuse",
        "lost:disown", "lost:withdraw", "challenges:terms", "challenges:copy",
        "profiles:publish", "profiles:withdraw", "profiles:reference_remove",
        "profiles:take",
        "accounts:device_end", "accounts:devices_end_others", "accounts:organisation_return",
        "accounts:organisation_verify", "accounts:organisation_renew", "accounts:organisation_suspend",
        "accounts:organisation_restore", "adjudication:accept", "adjudication:admit",
        "sealing:prove", "proposals:replace", "proposals:reread", "proposals:take_back", "proposals:discard",
        "adjudication:confirm", "adjudication:decide", "adjudication:decline", "adjudication:draw",
        "adjudication:draw_further", "adjudication:fail", "adjudication:reject", "adjudication:release",
        "adjudication:review_start",
        "teams:begin", "teams:invite", "teams:shares", "teams:unit", "teams:agree", "teams:leave", "teams:dissolve",
        "teams:remove", "teams:accept", "teams:decline", "partners:withdraw", "partners:take_down", "partners:reply",
        "partners:invite",
    },
    "says something that does not grow": {
        "/healthz", "/readyz", "clock", "status", "about:about", "privacy:table",
        "challenges:import_csv", "challenges:import_workbook", "profiles:template",
        "challenges:poster", "challenges:batch_new",
        "trust:sees", "trust:model",
    },
    "allauth's forms": {
        "account_change_password", "account_confirm_email", "account_confirm_login_code", "account_email",
        "account_email_verification_sent", "account_inactive", "account_login", "account_logout",
        "account_reauthenticate", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key", "account_reset_password_from_key_done", "account_set_password",
        "account_signup", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_deactivate_totp",
        "mfa_download_recovery_codes", "mfa_edit_webauthn", "mfa_generate_recovery_codes", "mfa_index",
        "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
        "mfa_view_recovery_codes", "openid_connect_callback", "openid_connect_login", "orcid_callback", "orcid_login",
        "socialaccount_login_cancelled", "socialaccount_signup",
    },
}  # fmt: skip
