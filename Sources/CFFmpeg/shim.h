// What Swift cannot import from FFmpeg's headers by itself: compound macros as typed constants.
#pragma once

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libavutil/parseutils.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

static const int64_t FF_NOPTS_VALUE = AV_NOPTS_VALUE;
static const int FF_ERROR_EOF = AVERROR_EOF;
static const int FF_ERROR_EAGAIN = AVERROR(EAGAIN);
static const int FF_ERROR_EXIT = AVERROR_EXIT;
static const int FF_ERROR_INVALIDDATA = AVERROR_INVALIDDATA;
static const int FF_ERROR_ENOMEM = AVERROR(ENOMEM);
static const int FF_ERROR_ENOSPC = AVERROR(ENOSPC);
static const int FF_ERROR_EMFILE = AVERROR(EMFILE);
static const int FF_ERROR_ETIMEDOUT = AVERROR(ETIMEDOUT);
static const int FF_ERROR_ENOSYS = AVERROR(ENOSYS);
static const int FF_ERROR_ENOENT = AVERROR(ENOENT);
static const int FF_ERROR_EACCES = AVERROR(EACCES);
static const int FF_ERROR_ECONNREFUSED = AVERROR(ECONNREFUSED);
static const int FF_ERROR_PATCHWELCOME = AVERROR_PATCHWELCOME;
static const int FF_ERROR_DECODER_NOT_FOUND = AVERROR_DECODER_NOT_FOUND;
static const int FF_ERROR_ENCODER_NOT_FOUND = AVERROR_ENCODER_NOT_FOUND;
static const int FF_ERROR_DEMUXER_NOT_FOUND = AVERROR_DEMUXER_NOT_FOUND;
static const int FF_ERROR_PROTOCOL_NOT_FOUND = AVERROR_PROTOCOL_NOT_FOUND;
static const int FF_ERROR_STREAM_NOT_FOUND = AVERROR_STREAM_NOT_FOUND;
static const int FF_ERROR_HTTP_UNAUTHORIZED = AVERROR_HTTP_UNAUTHORIZED;
static const int FF_ERROR_HTTP_FORBIDDEN = AVERROR_HTTP_FORBIDDEN;
static const int FF_ERROR_HTTP_NOT_FOUND = AVERROR_HTTP_NOT_FOUND;
static const AVRational FF_TIME_BASE_Q = {1, AV_TIME_BASE};
